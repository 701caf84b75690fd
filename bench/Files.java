import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Makes definitions of each family, lints each set in one process and prints seconds, files a second and peak
 * memory beside the time that reading the same files takes, and conftest with one rule where
 * it is on the PATH.
 *
 * <p>Arguments: the project's folder, then the numbers of files (10000 100000 when there are none).
 */
final class FilesBenchmark {
  private static final int GUESTS_IN_A_FOLDER = 1000;

  private final Path project;

  private FilesBenchmark(Path project) {
    this.project = project;
  }

  public static void main(String[] args) throws Exception {
    FilesBenchmark benchmark = new FilesBenchmark(Path.of(args[0]).toRealPath());
    List<Integer> sizes = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      sizes.add(Integer.parseInt(args[i]));
    }
    benchmark.run(sizes.isEmpty() ? List.of(10_000, 100_000) : sizes);
  }

  private void run(List<Integer> sizes) throws Exception {
    System.out.println(
        "java "
            + System.getProperty("java.version")
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " processors");
    for (Family family : Family.values()) {
      for (int size : sizes) {
        Path folder = Files.createTempDirectory("policyctl-bench");
        try {
          family.make(folder, size);
          measure(family, folder, size);
        } finally {
          if (System.getenv("KEEP") == null) {
            delete(folder);
          } else {
            System.out.println("kept " + folder);
          }
        }
      }
    }
  }

  private enum Family {
    PROXMOX {
      @Override
      void make(Path folder, int size) throws IOException {
        makeProxmox(folder, size);
      }
    },
    LIBVIRT {
      @Override
      void make(Path folder, int size) throws IOException {
        Files.writeString(folder.resolve("kvm1.yaml"), FACTS.replace("$HOST", "kvm1"));
        for (int i = 0; i < size; i++) {
          Path of = Files.createDirectories(folder.resolve("qemu" + i / GUESTS_IN_A_FOLDER));
          Files.writeString(of.resolve("guest" + i + ".xml"), domain(i));
        }
      }
    },
    CLAIMS {
      @Override
      void make(Path folder, int size) throws IOException {
        Files.writeString(folder.resolve("node1.facts.yaml"), FACTS.replace("$HOST", "node1"));
        Files.writeString(folder.resolve("class.yaml"), STORAGE_CLASS);
        for (int i = 0; i < size; i++) {
          Path of = Files.createDirectories(folder.resolve("team" + i / GUESTS_IN_A_FOLDER));
          Files.writeString(of.resolve("claim" + i + ".yaml"), CLAIM.formatted("data-" + i));
        }
      }
    };

    abstract void make(Path folder, int size) throws IOException;
  }

  private void measure(Family family, Path folder, int size) throws Exception {
    List<String> cat = List.of("find", folder.toString(), "-type", "f", "-exec", "cat", "{}", "+");
    time(cat);
    print(family, size, "reading (cat)", time(cat));
    String policyctl = project.resolve("policyctl").toString();
    time(List.of(policyctl, "explain"));
    Run lint = time(List.of(policyctl, "lint", "--format", "json", folder.toString()));
    print(family, size, "policyctl lint, exit " + lint.exit(), lint);
    if (family != Family.PROXMOX && onPath("conftest")) {
      Path rule = Files.createTempDirectory("policyctl-bench-rule");
      Files.writeString(rule.resolve("rule.rego"), family == Family.LIBVIRT ? DOMAIN_RULE : CLAIM_RULE);
      Run conftest =
          time(
              List.of(
                  "conftest", "test", "--no-color", "-o", "json", "-p", rule.toString(),
                  folder.toString()));
      print(family, size, "conftest, one rule, exit " + conftest.exit(), conftest);
      delete(rule);
    }
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static void print(Family family, int size, String tool, Run run) {
    System.out.printf(
        "%-8s %7d files  %-28s %8.2f s  %9.0f files/s  %5d MiB%n",
        family, size, tool, run.seconds(), size / run.seconds(), run.peakKib() / 1024);
  }

  private record Run(double seconds, long peakKib, int exit) {}

  /** Output is read and dropped; the peak is the process' own VmHWM, read while it runs. */
  private static Run time(List<String> command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    Thread reader =
        new Thread(
            () -> {
              try (InputStream out = process.getInputStream()) {
                out.transferTo(java.io.OutputStream.nullOutputStream());
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    reader.start();
    long peak = 0;
    do {
      peak = Math.max(peak, peakKib(process.pid()));
    } while (!process.waitFor(20, java.util.concurrent.TimeUnit.MILLISECONDS));
    reader.join();
    return new Run((System.nanoTime() - start) / 1e9, peak, process.exitValue());
  }

  private static long peakKib(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0;
    }
  }

  private static void makeProxmox(Path folder, int size) throws IOException {
    Files.writeString(folder.resolve("storage.cfg"), STORAGE_CFG);
    int hosts = (size + GUESTS_IN_A_FOLDER - 1) / GUESTS_IN_A_FOLDER;
    Random random = new Random(1);
    for (int host = 0; host < hosts; host++) {
      String name = "pve" + host;
      Files.writeString(folder.resolve(name + ".yaml"), FACTS.replace("$HOST", name));
      Path qemu =
          Files.createDirectories(folder.resolve("nodes").resolve(name).resolve("qemu-server"));
      Path lxc = Files.createDirectories(qemu.resolveSibling("lxc"));
      for (int i = 0; i < GUESTS_IN_A_FOLDER && host * GUESTS_IN_A_FOLDER + i < size; i++) {
        int vmid = 100 + host * GUESTS_IN_A_FOLDER + i;
        boolean container = i % 4 == 3;
        Files.writeString(
            (container ? lxc : qemu).resolve(vmid + ".conf"),
            container ? container(vmid, random) : machine(vmid, random));
      }
    }
  }

  private static final List<String> STORAGES = List.of("tank", "local-btrfs", "fast", "local-lvm");
  private static final List<String> CACHES = List.of("", "", ",cache=none", ",cache=writeback");

  private static String machine(int vmid, Random random) {
    StringBuilder text = new StringBuilder();
    text.append("#guest ").append(vmid).append("\nagent: 1\nboot: order=scsi0;ide2\ncores: 4\n");
    text.append("cpu: x86-64-v2-AES\nide2: none,media=cdrom\nmemory: 8192\nname: vm").append(vmid);
    text.append("\nnet0: virtio=BC:24:11:00:00:01,bridge=vmbr0,firewall=1\nonboot: 1\nostype: l26\n");
    for (int disk = 0; disk < 1 + random.nextInt(3); disk++) {
      String storage = STORAGES.get(random.nextInt(STORAGES.size()));
      String volume = "vm-" + vmid + "-disk-" + disk;
      boolean block = storage.equals("local-lvm");
      text.append("scsi").append(disk).append(": ").append(storage).append(':');
      text.append(block ? volume : vmid + "/" + volume + ".raw");
      text.append(CACHES.get(random.nextInt(CACHES.size()))).append(",discard=on,size=64G\n");
    }
    text.append("scsihw: virtio-scsi-single\nsmbios1: uuid=6f1c2c5e-0000-4000-8000-");
    text.append(String.format("%012d", vmid)).append("\nsockets: 1\n");
    if (random.nextInt(4) == 0) {
      text.append("\n[before-upgrade]\nmemory: 8192\nscsi0: tank:").append(vmid).append("/vm-");
      text.append(vmid).append("-disk-0.raw,size=64G\nsnaptime: 1700000000\n");
    }
    return text.toString();
  }

  private static String container(int vmid, Random random) {
    String volume =
        random.nextBoolean()
            ? "tank:" + vmid + "/vm-" + vmid + "-disk-0.raw"
            : "local-btrfs:" + vmid + "/subvol-" + vmid + "-disk-0.subvol";
    return "arch: amd64\ncores: 2\nfeatures: nesting=1\nhostname: ct"
        + vmid
        + "\nmemory: 1024\nnet0: name=eth0,bridge=vmbr0,ip=dhcp\nostype: debian\nrootfs: "
        + volume
        + ",size=8G\nswap: 512\nunprivileged: 1\n";
  }

  private static final String STORAGE_CFG =
      """
      dir: local
      \tpath /var/lib/vz
      \tcontent iso,vztmpl,backup

      lvmthin: local-lvm
      \tthinpool data
      \tvgname pve
      \tcontent images,rootdir

      btrfs: local-btrfs
      \tpath /srv/btrfs
      \tcontent images,rootdir

      dir: tank
      \tpath /mnt/tank
      \tcontent images,rootdir

      btrfs: fast
      \tpath /srv/fast
      \tcontent images
      \tnocow 1
      """;

  private static final String FACTS =
      """
      apiVersion: policyctl.dev/v1alpha1
      kind: HostFacts
      metadata: {name: $HOST}
      spec:
        kernel: {release: 6.8.12-4-pve}
        filesystems:
          - {mountPoint: /, type: ext4, options: [rw], below: []}
          - {mountPoint: /srv/btrfs, type: btrfs, options: [rw], btrfs: {dataProfiles: [raid1]}, below: []}
          - {mountPoint: /mnt/tank, type: btrfs, options: [rw], btrfs: {dataProfiles: [single]}, below: []}
          - {mountPoint: /srv/fast, type: btrfs, options: [rw, nodatacow], btrfs: {dataProfiles: [raid1]}, below: []}
        volumeGroups:
          - {name: pve, below: []}
      """;

  private static String domain(int i) {
    String driver =
        switch (i % 4) {
          case 0 -> "<driver name='qemu' type='raw' cache='none' io='native'/>";
          case 1 -> "<driver name='qemu' type='qcow2' cache='writeback' discard='unmap'/>";
          default -> "<driver name='qemu' type='qcow2'/>";
        };
    String place = i % 8 == 0 ? "/mnt/tank/" : "/var/lib/libvirt/images/";
    return DOMAIN.formatted(i, i, driver, place + "guest" + i + ".img");
  }

  private static final String DOMAIN =
      """
      <domain type='kvm'>
        <name>guest%d</name>
        <uuid>6f1c2c5e-0000-4000-8000-%012d</uuid>
        <memory unit='KiB'>4194304</memory>
        <currentMemory unit='KiB'>4194304</currentMemory>
        <vcpu placement='static'>4</vcpu>
        <os>
          <type arch='x86_64' machine='pc-q35-8.2'>hvm</type>
          <boot dev='hd'/>
        </os>
        <features><acpi/><apic/></features>
        <cpu mode='host-passthrough' check='none' migratable='on'/>
        <clock offset='utc'/>
        <devices>
          <emulator>/usr/bin/qemu-system-x86_64</emulator>
          <disk type='file' device='disk'>
            %s
            <source file='%s'/>
            <target dev='vda' bus='virtio'/>
          </disk>
          <disk type='file' device='cdrom'>
            <target dev='sda' bus='sata'/>
            <readonly/>
          </disk>
          <interface type='network'>
            <source network='default'/>
            <model type='virtio'/>
          </interface>
          <console type='pty'/>
          <memballoon model='virtio'/>
        </devices>
      </domain>
      """;

  private static final String STORAGE_CLASS =
      """
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata: {name: local-path}
      provisioner: rancher.io/local-path
      """;

  private static final String CLAIM =
      """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata:
        name: %s
        namespace: team
        labels:
          app.kubernetes.io/name: postgres
      spec:
        accessModes: [ReadWriteOnce]
        storageClassName: local-path
        resources:
          requests:
            storage: 10Gi
      """;

  private static final String DOMAIN_RULE =
      """
      package main
      import rego.v1
      deny contains msg if {
        some disk in input.domain.devices.disk
        disk.driver["-cache"] == "none"
        msg := "cache=none"
      }
      """;

  private static final String CLAIM_RULE =
      """
      package main
      import rego.v1
      deny contains msg if {
        input.kind == "PersistentVolumeClaim"
        input.spec.storageClassName == "fast"
        msg := "fast"
      }
      """;

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
