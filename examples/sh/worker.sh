#!/bin/sh
# A worker in sh and curl: runs jobs of the queue "images" with the handler "resize", one at a time, until Ctrl-C.
#
#   curl -X POST localhost:8080/v1/queues/images/jobs -H 'Content-Type: application/json' -H 'Prefer: wait=10' \
#       -d '{"handler": "resize", "payload": {"width": 640}}'
#
# It does not extend its leases, so a job has the length of one (PT1M). clients/conformance/sh/worker.sh does, and hears of cancels.
url=${MAINSTAY_URL:-http://localhost:8080}/v1

post() {
    path=$1
    shift
    curl -sS -X POST "$url$path" -H 'Content-Type: application/json' -H "Authorization: Bearer ${MAINSTAY_KEY:-none}" "$@"
}

while :; do
    answer=$(post /leases -H 'Prefer: wait=20' \
        -d '{"worker": "sh-worker", "queues": ["images"], "handlers": ["resize"], "lease": "PT1M"}') || { sleep 1; continue; }
    token=$(echo "$answer" | sed -n 's/.*"token":"\([^"]*\)".*/\1/p')
    [ -n "$token" ] || continue
    width=$(echo "$answer" | sed -n 's/.*"width": *\([0-9]*\).*/\1/p')
    if [ -n "$width" ]; then
        post "/leases/$token/success" -d "{\"result\": {\"width\": $((width / 2))}}"
    else
        post "/leases/$token/fail" -d '{"error": {"type": "bad-size", "message": "no width"}}'
    fi
    echo
done
