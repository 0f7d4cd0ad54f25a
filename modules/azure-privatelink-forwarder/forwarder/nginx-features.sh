#!/bin/sh
# Directives that newer versions of nginx know and 1.18 (Ubuntu 22.04) does not: tried, and used where they are known.
set -eu

folder=/run/privatelink-router-nginx
trial=$folder/trial
mkdir -p "$folder"

# A session of which one side has sent its last byte stays open for the other (nginx 1.21.4).
cat >"$trial" <<EOF
load_module /usr/lib/nginx/modules/ngx_stream_module.so;
pid $trial.pid;
error_log stderr emerg;
events {}
stream {
    proxy_half_close on;
}
EOF
if /usr/sbin/nginx -t -q -c "$trial" 2>/dev/null; then
    echo 'proxy_half_close on;' >"$folder/stream-half-close.conf"
else
    rm -f "$folder/stream-half-close.conf"
    echo 'this nginx cannot keep half-closed sessions (proxy_half_close came with 1.21.4)' >&2
fi
rm -f "$trial" "$trial.pid"
