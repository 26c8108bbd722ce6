-- One constant POST for wrk, and a summary in one line of JSON. There is no request() and no response() here on
-- purpose: each would cost wrk a call into Lua per request, on cores it shares with what is measured. wrk counts
-- answers above 399 by itself; that the others did their work is asserted by counting what has arrived in Redis.
wrk.method = "POST"
wrk.body = os.getenv("BENCH_BODY")
wrk.headers["Content-Type"] = "application/json"
if os.getenv("BENCH_KEY") ~= "" then
  wrk.headers["Authorization"] = "Bearer " .. os.getenv("BENCH_KEY")
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    '\nbench {"answers": %d, "micros": %d, "refused": %d, "broken": %d, "p50": %d, "p99": %d}',
    summary.requests, summary.duration, errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
