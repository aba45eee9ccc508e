-- wrk's side of a cell: posts bodies, in turn, again and again, and checks every reply.
--
--   wrk --connections N … -s post.lua URL -- FOLDER BODIES EXPECTED N
--
-- FOLDER/body-1 to body-BODIES are sent as JSON. A reply is wrong unless its status is 200 and its body holds the bytes
-- of one of FOLDER/expected-1 to expected-EXPECTED. The last line on stdout is the result as JSON; latencies are in milliseconds.

local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

local function read_file(path)
  local file = assert(io.open(path, "rb"))
  local bytes = file:read("*a")
  file:close()
  return bytes
end

-- Globals, so that `done`, which runs in another Lua state, can fetch them: only then do they leave a thread.
function init(args)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  messages = {}
  for number = 1, tonumber(args[2]) do
    messages[number] = wrk.format(nil, nil, nil, read_file(args[1] .. "/body-" .. number))
  end
  expected = {}
  for number = 1, tonumber(args[3]) do
    expected[number] = read_file(args[1] .. "/expected-" .. number)
  end
  connections = tonumber(args[4])
  turn = 0
  bad_status = 0
  bad_body = 0
  sample = ""
end

function request()
  turn = turn % #messages + 1
  return messages[turn]
end

local function is_right(body)
  for _, bytes in ipairs(expected) do
    if string.find(body, bytes, 1, true) then return true end
  end
  return false
end

function response(status, headers, body)
  if status ~= 200 then
    bad_status = bad_status + 1
  elseif is_right(body) then
    return
  else
    bad_body = bad_body + 1
  end
  if sample == "" then
    sample = status .. " " .. string.sub(body, 1, 300)
  end
end

local function quoted(text)
  return '"' .. text:gsub('[%c"\\\128-\255]', function(c)
    return string.format("\\u%04x", c:byte())
  end) .. '"'
end

-- wrk adds the latencies that requests would have had which a slow reply kept from being sent: to each that is at least twice the
-- mean, what is left of it less the mean, less twice the mean, and so on, down to the mean. What it is compared with is measured
-- without: from the slowest down they are taken out again. Returns latencies in µs, ascending, how many there are of each, and in all.
local function as_measured(summary, latency, connections)
  local mean = math.floor(summary.duration / math.max(1, math.floor(summary.requests / connections)))
  local added, values, counts, total = {}, {}, {}, 0
  for index = #latency, 1, -1 do
    local value, count = latency(index)
    count = count - (added[value] or 0)
    for less = value - mean, mean + 1, -mean do
      added[less] = (added[less] or 0) + count
    end
    table.insert(values, 1, value)
    table.insert(counts, 1, count)
    total = total + count
  end
  return values, counts, total
end

-- The least latency that no more than this share of all exceeds, in ms.
local function percentile(share, values, counts, total)
  local seen = 0
  for index, count in ipairs(counts) do
    seen = seen + count
    if seen >= share * total then return values[index] / 1000 end
  end
  return 0
end

function done(summary, latency, requests)
  local bad_statuses, bad_bodies, first = 0, 0, ""
  for _, thread in ipairs(threads) do
    bad_statuses = bad_statuses + thread:get("bad_status")
    bad_bodies = bad_bodies + thread:get("bad_body")
    if first == "" then first = thread:get("sample") end
  end
  local errors = summary.errors
  local values, counts, total = as_measured(summary, latency, threads[1]:get("connections"))
  assert(errors.timeout > 0 or total == summary.requests, total .. " latencies of " .. summary.requests .. " requests")
  io.write(string.format(
    '{"requests": %d, "seconds": %.6f, "p50_ms": %.4f, "p90_ms": %.4f, "p99_ms": %.4f, "p999_ms": %.4f, ' ..
    '"max_ms": %.4f, ' ..
    '"bad_status": %d, "bad_body": %d, "connect_errors": %d, "read_errors": %d, "write_errors": %d, ' ..
    '"timeouts": %d, "sample": %s}\n',
    summary.requests, summary.duration / 1e6,
    percentile(0.5, values, counts, total), percentile(0.9, values, counts, total), percentile(0.99, values, counts, total),
    percentile(0.999, values, counts, total), latency.max / 1000,
    bad_statuses, bad_bodies, errors.connect, errors.read, errors.write, errors.timeout, quoted(first)))
end
