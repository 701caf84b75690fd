#!/usr/bin/env bash
# A libvirtd of its own, with QEMU, in mount and process namespaces that end with this script: nothing of the host's libvirt is
# touched. Called by HookLibvirtRealTest: WORK is an empty folder, PROGRAM policyctl, HOOKED the same with a recorded host.
set -u
work=$1 program=$2 hooked=$3

for folder in /etc/libvirt /var/lib/libvirt /run/libvirt /var/log/libvirt /var/cache/libvirt; do
  mkdir -p "$work$folder" "$folder"
  mount --bind "$work$folder" "$folder" || { echo 'no namespace'; exit 0; }
done
mount -t tmpfs none /mnt && mkdir /mnt/tank && truncate -s 1M /mnt/tank/web.raw
cat >/etc/libvirt/qemu.conf <<'END'
user = "root"
group = "root"
security_driver = "none"
namespaces = []
cgroup_controllers = []
remember_owner = 0
END

daemon() {
  libvirtd -d --pid-file "$work/pid"
  for _ in $(seq 100); do
    virsh -q list >/dev/null 2>&1 && return
    sleep 0.1
  done
  echo 'no libvirtd'
  exit 0
}

# Whether the guest's image is opened with O_DIRECT (bit 040000, octal, of the flags).
opened() {
  local fd flags
  for fd in /proc/$(cat "/run/libvirt/qemu/$1.pid")/fd/*; do
    [ "$(readlink "$fd")" = /mnt/tank/web.raw ] || continue
    flags=$(sed -n 's/^flags:\t//p' "${fd%/fd/*}/fdinfo/${fd##*/}")
    [ $((flags & 040000)) -ne 0 ] && echo direct || echo buffered
    return
  done
  echo closed
}

step() { echo "== $1"; }

virtlogd -d
step install
"$program" hook install libvirt --program "$hooked"
daemon
for name in safe web; do
  [ $name = safe ] && cache=writeback || cache=none
  cat >"$work/$name.xml" <<END
<domain type='qemu'>
  <name>$name</name>
  <memory>65536</memory>
  <os><type arch='x86_64'>hvm</type></os>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='raw' cache='$cache'/>
      <source file='/mnt/tank/web.raw'/>
      <target dev='vda' bus='virtio'/>
    </disk>
  </devices>
</domain>
END
  virsh -q define "$work/$name.xml"
done
said=$(virsh -q start safe 2>&1)
# Where no QEMU starts, there is nothing to refuse.
case $said in '' | *'Hook script'*) ;; *) echo "$said"; exit 0 ;; esac
step safe
echo -n "$said"
virsh domstate safe
opened safe
virsh -q destroy safe
step refused
virsh -q start web 2>&1
virsh domstate web
step removed
"$program" hook remove libvirt
virsh -q start web 2>&1
opened web
step restored
"$program" hook install libvirt --program "$hooked" >/dev/null
virsh -q save web "$work/web.save" 2>&1
virsh -q restore "$work/web.save" 2>&1
virsh domstate web
opened web
virsh -q destroy web
step reconnected
"$program" hook remove libvirt >/dev/null
virsh -q start web 2>&1
"$program" hook install libvirt --program "$hooked" >/dev/null
before=$(cat /run/libvirt/qemu/web.pid)
kill "$(cat "$work/pid")"
while kill -0 "$(cat "$work/pid" 2>/dev/null)" 2>/dev/null; do sleep 0.1; done
daemon
virsh domstate web
[ "$before" = "$(cat /run/libvirt/qemu/web.pid)" ] && kill -0 "$before" && echo 'the same process'
step refused-again
virsh -q destroy web
virsh -q start web 2>&1
virsh domstate web
