-- The requests of wrk: queries from a file, each sent with a number of its own (cold) or as it stands (cached).
-- wrk … -s load.lua URL -- FILE MARKER START; without MARKER the queries are sent as they stand.
-- FILE: one query string a line, or a path, which begins with a slash. Prints at the end: requests, seconds, failed, bytes, median and 95th of latency.
local before, after, lines, sent = {}, {}, 0, 0
local marker

function init(args)
  marker = args[2] ~= "" and args[2] or nil
  sent = tonumber(args[3] or "0")
  for line in io.lines(args[1]) do
    lines = lines + 1
    local from, to = line:find(marker or "\1", 1, true)
    before[lines] = wrk.path .. (wrk.path:find("?", 1, true) and "&" or "?") .. line:sub(1, (from or 0) - 1)
    after[lines] = from and line:sub(to + 1) or ""
    if line:sub(1, 1) == "/" then before[lines] = line
    elseif not from then before[lines] = wrk.path .. (wrk.path:find("?", 1, true) and "&" or "?") .. line end
  end
end

function request()
  sent = sent + 1
  local at = sent % lines + 1
  local number = marker and string.format("%07d", tonumber(marker) + sent) or ""
  return wrk.format("GET", before[at] .. number .. after[at])
end

function done(summary, latency)
  local errors = summary.errors
  local broken = errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format("FIGURES %d %f %d %d %d %f %f\n", summary.requests, summary.duration / 1e6,
    errors.status, broken, summary.bytes, latency:percentile(50) / 1e6, latency:percentile(95) / 1e6))
end
