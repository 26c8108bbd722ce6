#!/bin/sh
# The conformance worker in sh and curl alone, see ../README.md. It runs one job at a time.
set -u
url=$MAINSTAY_URL/v1
tmp=$(mktemp -d)
stopping='' released='' curl='' task=''

trap 'rm -rf "$tmp"' EXIT
trap stop TERM INT
trap 'released=1; kill "$task"' USR1

{
    echo 'Content-Type: application/json'
    # In a file, for arguments of programs can be seen by everybody on the machine.
    echo "Authorization: ${MAINSTAY_KEY:+Bearer $MAINSTAY_KEY}"
} | sed '/^Authorization: $/d' >"$tmp/headers"

# SIGTERM: ends the wait for jobs, and after the grace the job that runs.
stop() {
    stopping=1
    [ -z "$curl" ] || kill "$curl" 2>/dev/null
    [ -z "$task" ] || grace
}

grace() {
    { sleep "$MAINSTAY_GRACE" && kill -USR1 $$; } >/dev/null 2>&1 &
}

# post PATH FILE SECONDS OUT [KEY]: prints the status, 000 if there was no answer; the answer goes to OUT. To be called in a
# subshell, which becomes curl, so that a signal to it ends the request.
post() {
    exec curl -s -o "$4" -w '%{http_code}' --max-time $(($3 + 5)) -X POST "$url$1" \
        -H "@$tmp/headers" -H "Prefer: wait=$3" ${5:+-H "Idempotency-Key: $5"} --data-binary "@$2"
}

# Waits for a process, whatever signals come meanwhile.
await() {
    while kill -0 "$1" 2>/dev/null; do
        wait "$1"
    done
}

# nap MILLISECONDS, in a task: ends with it.
nap() {
    sleep "$(($1 / 1000)).$(printf %03d $(($1 % 1000)))" &
    trap "kill $!; exit 1" TERM
    wait $!
}

# number NAME JSON: a whole number.
number() {
    printf '%s' "$2" | sed -n "s/.*\"$1\": *\([0-9]*\).*/\1/p"
}

# say VERB BODY: what will be reported.
say() {
    printf '%s' "$2" >"$tmp/body"
    echo "$1" >"$tmp/verb"
}

# The handlers. Ids and notes here need no escapes in JSON.
handle() {
    case $handler in
        echo) say success "{\"result\":$payload}" ;;
        fail-then-succeed)
            if [ "$attempt" -le "$(number failures "$payload")" ]; then
                say retry "{\"error\":{\"type\":\"Flaky\",\"message\":\"attempt $attempt\"}}"
            else
                say success "{\"result\":{\"attempt\":$attempt}}"
            fi
            ;;
        fail) say fail "{\"error\":{\"type\":\"no-stock\",${payload#*\{}}" ;;
        snooze-once)
            if [ -z "$snoozes" ]; then
                ms=$(number ms "$payload")
                say snooze "{\"delay\":\"PT$((ms / 1000)).$(printf %03d $((ms % 1000)))S\"}"
            else
                say success "{\"result\":{\"snoozes\":$snoozes}}"
            fi
            ;;
        progress)
            steps=$(number steps "$payload") step=0
            while [ "$step" -lt "$steps" ]; do
                step=$((step + 1))
                nap "$(number ms "$payload")"
                echo "{\"progress\":{\"percent\":$((100 * step / steps)),\"note\":\"step $step of $steps\"},\"log\":[\"step $step\"]}" >"$tmp/news"
                (post "/leases/$token/extend" "$tmp/news" 0 /dev/null) >/dev/null
            done
            say success "{\"result\":{\"steps\":$steps}}"
            ;;
        sleep)
            nap "$(number ms "$payload")"
            say success "{\"result\":{\"attempt\":$attempt}}"
            ;;
        cancellable)
            nap "$(number ms "$payload")"
            say success '{}'
            ;;
        big-result)
            say success ''
            { printf '{"result":"' && head -c "$(number bytes "$payload")" /dev/zero | tr '\0' x && printf '"}'; } >"$tmp/body"
            ;;
    esac
}

# Extends the lease of a job that is not over at once, and ends its task when the job is gone.
watch() {
    echo "{\"leases\":[{\"token\":\"$token\"}],\"worker\":\"$MAINSTAY_WORKER\"}" >"$tmp/held"
    sleep 0.1 # most jobs are over by then
    # A signal to a shell that has just begun may get lost.
    while [ ! -f "$tmp/done" ]; do
        post /leases/extend "$tmp/held" 1 "$tmp/lease" >/dev/null &
        trap "kill $!; exit" TERM
        wait $! || sleep 0.2
        why=$(sed -n 's/.*"status": *"\(cancelled\|lost\|timed-out\)".*/\1/p' "$tmp/lease" 2>/dev/null)
        if [ -n "$why" ]; then
            echo "$why" >"$tmp/why"
            kill "$1"
            return
        fi
    done
}

# report VERB: until the service has it, or says that the job is not ours any more.
report() {
    while :; do
        status=$(post "/leases/$token/$1" "$tmp/body" 0 "$tmp/answer")
        echo "$id: $1, $status"
        case $status in
            200 | 404 | 409) return ;;
            413)
                say fail '{"error":{"type":"result-too-large"}}'
                set -- fail
                ;;
            4?? | 5?? | 000) sleep 0.3 ;;
        esac
    done
}

# What the handler `cancellable` does when it is told to stop.
tell() {
    echo "{\"id\":\"told-$id\",\"handler\":\"echo\",\"payload\":{\"why\":\"$(cat "$tmp/why")\"}}" >"$tmp/told"
    queue=$(printf '%s' "$payload" | sed -n 's/.*"tell": *"\([^"]*\)".*/\1/p')
    until post "/queues/$queue/jobs" "$tmp/told" 0 /dev/null | grep -q '^2'; do
        sleep 0.3
    done
}

# run JOB: the answer that it came with, in one line.
run() {
    # Before the payload come fields with plain values; after it `enqueuedAt`, which stands in a text with \" only.
    head=${1%%\"payload\":*}
    rest=${1#*\"payload\":}
    payload=${rest%,\"enqueuedAt\":*}
    tail=${rest##*,\"enqueuedAt\":}
    id=$(printf '%s' "$head" | sed 's/.*"id":"\([^"]*\)".*/\1/')
    handler=$(printf '%s' "$head" | sed 's/.*"handler":"\([^"]*\)".*/\1/')
    attempt=$(number attempt "$head")
    snoozes=$(number snoozes "$tail")
    token=$(printf '%s' "$tail" | sed 's/.*"lease":{"token":"\([^"]*\)".*/\1/')
    rm -f "$tmp/why" "$tmp/lease" "$tmp/done"
    handle &
    task=$!
    # A signal that came before would have found no task.
    [ -z "$stopping" ] || grace
    watch $task &
    watch=$!
    await $task
    task=''
    : >"$tmp/done"
    kill $watch 2>/dev/null
    await $watch
    if [ -n "$released" ]; then
        say release '{}'
        report release
    elif [ -f "$tmp/why" ]; then
        echo "$id: $(cat "$tmp/why")"
        [ "$handler" != cancellable ] || tell
    else
        report "$(cat "$tmp/verb")"
    fi
}

echo "{\"worker\":\"$MAINSTAY_WORKER\",\"queues\":[\"$MAINSTAY_QUEUE\"],\"lease\":\"$MAINSTAY_LEASE\",\"max\":1,\"concurrency\":1,\"handlers\":
  [\"echo\",\"fail-then-succeed\",\"fail\",\"snooze-once\",\"progress\",\"sleep\",\"cancellable\",\"big-result\"]}" >"$tmp/request"
n=0 wait=20
while [ -z "$stopping" ] || [ "$wait" = 0 ]; do
    # The same key until there is an answer: so a job of an answer that got lost is found.
    post /leases "$tmp/request" $wait "$tmp/answer" "$MAINSTAY_WORKER-$$-$n" >"$tmp/status" &
    curl=$!
    await $curl
    curl=''
    job=$(tr '\n' ' ' <"$tmp/answer")
    case $(cat "$tmp/status"):$job in
        200:*'"token":'*) run "$job" ;;
        200:*'"drain":true'*) sleep 1 ;;
        200:*) ;;
        *)
            # Once more when it stops, without a wait: the answer may have come as the request was ended.
            if [ -z "$stopping" ]; then
                sleep 0.3
            elif [ "$wait" != 0 ]; then
                wait=0
            else
                break
            fi
            continue
            ;;
    esac
    n=$((n + 1))
    [ -z "$stopping" ] || break
done
