#!/usr/bin/env bash
# Real containers, in mount and process namespaces that end with this script: LXC's own folder is a copy. Called by HookLxcRealTest:
# WORK is an empty folder, PROGRAM policyctl, HOOKED the same with the recorded host HOST.
set -u
work=$1 program=$2 hooked=$3 host=$4
safe='rootfs: tank:103/a.raw,size=8G'
dangerous='rootfs: /mnt/tank/nocow/disk.raw,size=8G'

command -v busybox lxc-start || exit 0
cp -a /usr/share/lxc "$work/share" && mount --bind "$work/share" /usr/share/lxc || exit 0
mkdir -p /var/lib/lxc "$work/lxc" && mount --bind "$work/lxc" /var/lib/lxc || exit 0

step() { echo "== $1"; }

# Proxmox' configuration is what is judged; LXC's own says what is run.
container() {
  local folder=$work/lxc/$1
  mkdir -p "$folder/rootfs"/{bin,proc,sys,dev,etc}
  cp "$(command -v busybox)" "$folder/rootfs/bin/busybox"
  cat >"$folder/rootfs/bin/init" <<'END'
#!/bin/busybox sh
while [ ! -e /reboot ]; do /bin/busybox sleep 0.1; done
/bin/busybox rm /reboot
/bin/busybox reboot -f
END
  chmod +x "$folder/rootfs/bin/init"
  cat >"$folder/config" <<END
lxc.include = /usr/share/lxc/config/common.conf
lxc.rootfs.path = dir:$folder/rootfs
lxc.uts.name = $1
lxc.net.0.type = empty
lxc.init.cmd = /bin/init
END
  define "$1" "$2"
}

define() { printf 'arch: amd64\nostype: debian\n%s\n' "$2" >"$host/etc/pve/nodes/pve1/lxc/$1.conf"; }

start() {
  lxc-start -n "$1" -l DEBUG -o "$work/log-$1" 2>/dev/null && echo started || echo 'not started'
}

state() { lxc-info -n "$1" -s -H; }

# lxc-wait gives up, and complains, where the monitor ends between its question and the answer.
await() {
  for _ in $(seq 600); do
    [ "$(state "$1" 2>/dev/null)" != "$2" ] || return 0
    sleep 0.1
  done
}

mkdir -p "$host/etc/pve/nodes/pve1/lxc"
container 103 "$safe"
container 104 "$dangerous"
step ungated
start 104
state 104
# Where this kernel starts no container, there is nothing to refuse.
[ "$(state 104)" = RUNNING ] || { tail -n 20 "$work/log-104"; exit 0; }
lxc-stop -n 104 -k
step install
"$program" hook install lxc --program "$hooked"
step safe
start 103
state 103
step refused
start 104
state 104
grep -o 'policyctl: container .*' "$work/log-104"
step rebooted
touch "$work/lxc/103/rootfs/reboot"
while [ -e "$work/lxc/103/rootfs/reboot" ]; do sleep 0.1; done
await 103 RUNNING
state 103
step refused-at-reboot
define 103 "$dangerous"
touch "$work/lxc/103/rootfs/reboot"
await 103 STOPPED
state 103
grep -o 'policyctl: container .*' "$work/log-103"
step removed
"$program" hook remove lxc
start 104
state 104
lxc-stop -n 104 -k
