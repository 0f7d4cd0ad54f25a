#!/bin/sh
# The machine's own name servers, in unbound's words: the cache asks them where the inventory names no resolvers.
set -eu

new=/etc/unbound/.privatelink-router.servers.new
awk '$1 == "nameserver" && $2 ~ /^[0-9A-Fa-f.:]+$/ && $2 != "127.0.0.1" { print "    forward-addr: " $2 }' /etc/resolv.conf >"$new"
if [ ! -s "$new" ]; then
    rm -f "$new"
    echo '/etc/resolv.conf names no server' >&2
    exit 1
fi
chmod 0644 "$new"
mv -f "$new" /etc/unbound/privatelink-router.servers
# What an earlier version wrote.
rm -f /etc/unbound/privatelink-router.name-servers
