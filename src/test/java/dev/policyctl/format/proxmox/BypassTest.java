package dev.policyctl.format.proxmox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BypassTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-drive file=/srv/a.raw,if=virtio",
        "--drive file=/srv/a.raw",
        "-cpu host -drive file=/srv/a.raw",
        "-blockdev driver=file,node-name=x,filename=/srv/a",
        "-hda /srv/a",
        "-cdrom /srv/a.iso",
        "-fsdev local,id=x,path=/srv,security_model=none",
        "-virtfs local,path=/srv,mount_tag=x,security_model=none",
        "-readconfig /etc/more.cfg",
        "-set device.scsi0.drive=x",
        "-global virtio-blk-device.drive=x",
        "-snapshot",
        "-pflash /srv/vars.fd",
        "-some-new-option x",
        "/srv/disk.img",
        "-vnc :1 /srv/disk.img",
        "-device scsi-hd,drive=x",
        "-device virtio-blk-pci,drive=x",
        "-device vhost-user-blk-pci,chardev=c",
        "-device vhost-user-fs-pci,chardev=c,tag=x",
        "-device vhost-scsi-pci,wwpn=naa.1",
        "-device usb-mtp,rootdir=/srv",
        "-device '{\"driver\":\"virtio-net-pci\"}'",
        "-object memory-backend-file,id=m,mem-path=/srv/nv.img,size=1G",
        "-object memory-backend-file,id=m,size=1G",
        "-object memory-backend-file,id=m,mem-path=/dev/../srv/nv.img,size=1G",
        "-mem-path /srv/memory",
        "-netdev user,id=n,smb=/srv",
        "-cpu",
        "-device",
        "-vnc 'open quote",
        "-"
      })
  void argumentsThatMayTouchStorageAreOne(String arguments) {
    assertTrue(QemuArguments.mayTouchStorage(arguments));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-cpu host,+aes",
        "-cpu 'host,kvm=off,hv_vendor_id=drive=x' -smbios type=1,serial=\"a b\"",
        "-fw_cfg name=opt/x,file=/etc/ignition.json",
        "-vnc 0.0.0.0:77",
        "-device virtio-net-pci,netdev=n -netdev tap,id=n",
        "-device ivshmem-plain,memdev=m -object memory-backend-file,id=m,share=on,mem-path=/dev/shm/lg,size=32M",
        "-device vfio-pci,host=01:00.0",
        "-device virtio-scsi-pci,id=s",
        "-object rng-random,id=r,filename=/dev/urandom",
        "-object qom-type=iothread,id=i",
        "-no-hpet -S -global kvm-pit.lost_tick_policy=discard",
        "--vga std",
        "-mem-path /dev/hugepages",
        "-chardev socket,id=c,path=/run/x -mon chardev=c"
      })
  void otherArgumentsAreNone(String arguments) {
    assertFalse(QemuArguments.mayTouchStorage(arguments));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lxc.mount.entry | /srv/a srv/a none bind 0 0",
        "lxc.mount.entry | /srv/a srv/a none rbind,create=dir",
        "lxc.mount.entry | /dev/sdb1 data ext4 defaults 0 0",
        "lxc.mount.entry | /dev/../srv/a a none bind 0 0",
        "lxc.mount.entry | /device/a a none bind 0 0",
        "lxc.mount.entry | tank/a a zfs rw 0 0",
        "lxc.mount.entry | nas:/a a nfs rw 0 0",
        "lxc.mount.entry | too few",
        "lxc.mount.fstab | /etc/fstab.200",
        "lxc.mount | /etc/fstab.200",
        "lxc.include | /etc/lxc/extra.conf",
        "lxc.rootfs.mount | /srv/root",
        "lxc.hook.pre-start | /usr/local/bin/more",
        "lxc.hook.mount | policyctl2 hook lxc",
        "lxc.hook.autodev | /usr/bin/policyctl hook lxc; mount /srv",
        "lxc.hook.start | /opt/policyctl/other"
      })
  void rawLinesThatBringInStorageAreOne(String key, String value) {
    assertTrue(LxcBypasses.mayTouchStorage(key, value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lxc.mount.entry | proc proc proc rw 0 0",
        "lxc.mount.entry | tmpfs tmp tmpfs size=1G 0 0",
        "lxc.mount.entry | none dev/pts devpts newinstance 0 0",
        "lxc.mount.entry | mqueue dev/mqueue mqueue rw 0 0",
        "lxc.mount.entry | cgroup2 sys/fs/cgroup cgroup2 ro",
        "lxc.mount.entry | /dev/net/tun dev/net/tun none bind,create=file 0 0",
        "lxc.mount.entry | /sys/kernel/debug sys/kernel/debug none bind,optional 0 0",
        "lxc.mount.auto | proc:rw sys cgroup",
        "lxc.hook.pre-start | /usr/bin/policyctl hook lxc",
        "lxc.hook.pre-start | policyctl hook lxc",
        "lxc.hook.version | 1",
        "lxc.hook.unknown | /bin/x",
        "lxc.cgroup2.devices.allow | a",
        "lxc.idmap | u 0 100000 65536"
      })
  void otherRawLinesAreNone(String key, String value) {
    assertFalse(LxcBypasses.mayTouchStorage(key, value));
  }

  @Test
  void wordsAreSplitAsAShellDoes() {
    assertEquals(
        Optional.of(List.of("a b", "c'd", "", "e f", "g\\h", "ij")),
        ShellWords.split(" \"a b\"\t\"c'd\" '' e\\ f 'g\\h' i\"\"j "));
    assertEquals(Optional.empty(), ShellWords.split("a 'b"));
    assertEquals(Optional.of(List.of()), ShellWords.split(" "));
  }
}
