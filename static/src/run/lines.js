// The lines of a body as it comes (NDJSON), each as what it stands for.

// How long the page may be kept from painting and from listening, in milliseconds: less than a frame.
const SLICE_MS = 10;

/**
 * @param {ReadableStream<Uint8Array>} body
 * @yields {object} each line's JSON
 * @throws {SyntaxError} a line that is none; whatever reading throws
 */
export async function* jsonLines(body) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  let since = performance.now();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = rest.split("\n");
      rest = done ? "" : lines.pop();
      for (const line of lines) {
        if (line.trim() !== "") {
          yield JSON.parse(line);
        }
        if (performance.now() - since > SLICE_MS) {
          await breathe();
          since = performance.now();
        }
      }
      if (done) {
        return;
      }
    }
  } finally {
    // Whoever stops listening, or throws, wants no more of it.
    reader.cancel().catch(() => {});
  }
}

// A task of its own: promises alone would never let the browser do anything else.
function breathe() {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });
}
