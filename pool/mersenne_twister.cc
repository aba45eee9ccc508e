#include "pool/mersenne_twister.h"

#include <sys/random.h>

#include <cstdint>
#include <cstring>

#include "pool/python.h"

namespace playground::pool {
namespace {

// M. Matsumoto, T. Nishimura, "Mersenne Twister", 1998: of the first word only the highest bit
// counts. One that is set keeps the state from being all zeros.
constexpr std::size_t kWords = 624;
constexpr std::uint32_t kFirstWord = 0x80000000;

// numpy/random/bitgen.h begins with the pointer to the state; MT19937's is its words and the
// position of the next one.
struct BitGenerator {
  void* state;
};

struct State {
  std::uint32_t words[kWords];
  int position;
};

State* g_state = nullptr;

// Borrowed; null where there is none.
PyObject* item(PyObject* dict, const char* key) {
  return dict != nullptr && PyDict_Check(dict) ? PyDict_GetItemString(dict, key) : nullptr;
}

State* state_in_memory(PyObject* generator) {
  const Ref capsule = follow(generator, "capsule");
  if (!capsule || !PyCapsule_IsValid(capsule.get(), "BitGenerator")) return nullptr;
  auto* const found =
      static_cast<BitGenerator*>(PyCapsule_GetPointer(capsule.get(), "BitGenerator"));
  return static_cast<State*>(found->state);
}

// Whether the generator, asked for its state, says that of the memory.
bool says(PyObject* generator, const State& state) {
  const Ref told = follow(generator, "state");
  PyObject* const parts = item(told.get(), "state");
  PyObject* const position = item(parts, "pos");
  PyObject* const words = item(parts, "key");
  const Ref bytes(words != nullptr ? PyObject_CallMethod(words, "tobytes", nullptr) : nullptr);
  return position != nullptr && PyLong_AsLong(position) == state.position && bytes &&
         PyBytes_Check(bytes.get()) != 0 && PyBytes_Size(bytes.get()) == sizeof state.words &&
         std::memcmp(PyBytes_AsString(bytes.get()), state.words, sizeof state.words) == 0;
}

bool is_twister(PyObject* generator) {
  const Ref told = follow(generator, "state");
  PyObject* const name = item(told.get(), "bit_generator");
  return name != nullptr && PyUnicode_Check(name) != 0 &&
         PyUnicode_CompareWithASCIIString(name, "MT19937") == 0;
}

// From numpy 1.25 on a program may ask it for further generators, which descend from its first
// seed: that has to be new as well, and only numpy's own way makes it so.
bool has_descendants(PyObject* generator) {
  return PyObject_HasAttrString(generator, "spawn") != 0;
}

// As after an import, whatever a module has drawn: at the first position, with nothing kept of a
// pair of normal deviates.
bool start_anew(PyObject* functions) {
  return static_cast<bool>(Ref(PyObject_CallMethod(functions, "seed", nullptr)));
}

}  // namespace

PyObject* find_twister() {
  const Ref functions = follow(loaded_module("numpy.random.mtrand"), "_rand");
  Ref generator = follow(functions.get(), "_bit_generator");
  if (generator && is_twister(generator.get()) && !has_descendants(generator.get()) &&
      start_anew(functions.get())) {
    State* const state = state_in_memory(generator.get());
    if (state != nullptr && says(generator.get(), *state)) g_state = state;
  }
  PyErr_Clear();
  return g_state != nullptr ? generator.release() : nullptr;
}

void renew_twister() {
  if (g_state == nullptr) return;
  std::uint32_t words[kWords];
  if (::getrandom(words, sizeof words, 0) != sizeof words) Py_FatalError("getrandom");
  words[0] = kFirstWord;
  std::memcpy(g_state->words, words, sizeof words);
}

}  // namespace playground::pool
