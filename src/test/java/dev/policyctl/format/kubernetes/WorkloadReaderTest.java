package dev.policyctl.format.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.model.Field;
import dev.policyctl.model.Values;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadReaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # image                        | mount                    | container                                            | direct | possible
          mariadb:10.11                  | /var/lib/mysql           | args: [--innodb-flush-method=O_DIRECT]               | true  | true
          mariadb:10.11                  | /var/lib/mysql           | args: [--innodb_flush_method=fsync]                  | false | false
          mariadb:11                     | /var/lib/mysql           | args: [--innodb-data-file-buffering=OFF]             | true  | true
          mariadb:11                     | /var/lib/mysql           | args: [--innodb-data-file-buffering=ON]              | false | false
          mariadb:10.11                  | /var/lib/mysql           | {}                                                   | false | true
          mariadb:10.11                  | /backup                  | args: [--innodb-flush-method=O_DIRECT]               | false | true
          mariadb                        | /data                    | 'args: [--innodb-flush-method=O_DIRECT, --datadir=/data/db]' | true | true
          docker.io/bitnami/mariadb:10   | /bitnami/mariadb         | 'env: [{name: MARIADB_EXTRA_FLAGS, value: --innodb-flush-method=O_DIRECT}]' | true | true
          mysql:8.0                      | /var/lib/mysql           | args: [--innodb-flush-method, O_DIRECT_NO_FSYNC]     | true  | true
          mysql:8.0                      | /var/lib/mysql           | args: [--innodb-dedicated-server=ON]                 | false | true
          percona/percona-server:8.0     | /var/lib/mysql           | args: [--innodb-flush-method=littlesync]             | false | false
          example.com/own/db:1           | /var/lib/mysql           | args: [--innodb-flush-method=O_DIRECT]               | true  | true
          postgres:17                    | /var/lib/postgresql/data | args: [-c, 'debug_io_direct=wal,data']               | true  | true
          postgres:17                    | /var/lib/postgresql/data | {}                                                   | false | true
          scylladb/scylla:6              | /var/lib/scylla          | {}                                                   | false | true
          scylladb/scylla:6              | /var/lib/scylla          | args: [--kernel-page-cache=1]                        | false | false
          scylladb/scylla:6              | /var/lib/scylla          | args: [--developer-mode, '1']                        | false | false
          redpandadata/redpanda          | /var/lib/redpanda/data   | args: [redpanda, start, --kernel-page-cache=true]    | false | false
          pingcap/tikv:v8                | /var/lib/tikv            | args: ['use-direct-io-for-flush-and-compaction = true'] | true | true
          yugabytedb/yugabyte            | /mnt/disk0               | args: [--durable_wal_write=true]                     | true  | true
          aerospike/aerospike-server     | /opt/aerospike/data      | {}                                                   | false | true
          clickhouse/clickhouse-server   | /var/lib/clickhouse      | args: [--min_bytes_to_use_direct_io=1]               | false | true
          clickhouse/clickhouse-server   | /var/lib/clickhouse      | args: [--min_merge_bytes_to_use_direct_io=0]         | false | false
          database/enterprise:19         | /opt/oracle/oradata      | 'env: [{name: FILESYSTEMIO_OPTIONS, value: SETALL}]' | true  | true
          database/enterprise:19         | /opt/oracle/oradata      | 'env: [{name: filesystemio_options, value: asynch}]' | false | false
          ibmcom/informix                | /opt/ibm/data            | 'env: [{name: DIRECT_IO, value: "1"}]'               | true  | true
          own/app                        | /opt/ibm/data            | 'env: [{name: DIRECT_IO, value: "1"}]'               | false | true
          mongo:7                        | /data/db                 | 'args: [--wiredTigerEngineConfigString, "direct_io=[data]"]' | true | true
          elasticsearch:9.1.0            | /usr/share/elasticsearch/data | 'env: [{name: ES_JAVA_OPTS, value: -Dvector.rescoring.directio=true}]' | false | true
          quay.io/coreos/etcd:v3.5       | /var/lib/etcd            | {}                                                   | false | true
          redis:7                        | /data                    | {}                                                   | false | true
          alpine                         | /disks                   | 'command: [qemu-system-x86_64, -drive, "file=/disks/a.img,cache=none"]' | true | true
          alpine                         | /disks                   | 'command: [/usr/bin/qemu-system-x86_64, -drive, "file=/disks/a.img,cache=writeback"]' | false | false
          alpine                         | /disks                   | 'command: [qemu-system-x86_64, -drive, "file=/disks/a.img,cache.direct=on"]' | true | true
          alpine                         | /disks                   | 'command: [qemu-system-x86_64, -drive, "file=/disks/a.img,aio=native"]' | true | true
          alpine                         | /disks                   | 'command: [qemu-system-x86_64, -drive, "file=/disks/a.img,aio=io_uring"]' | false | true
          alpine                         | /work                    | 'command: [fio, --direct=1, --directory=/work]'      | true  | true
          alpine                         | /work                    | 'command: [fio, --direct=0, --directory=/work]'      | false | false
          alpine                         | /work                    | 'command: [fio, --buffered=0, --directory=/work]'    | true  | true
          alpine                         | /work                    | 'command: [sh, -c, "dd if=/dev/zero of=/work/x oflag=direct"]' | true | true
          alpine                         | /work                    | 'command: [sh, -c, "dd if=/x of=/work/x iflag=direct"]' | false | true
          alpine                         | /work                    | 'command: [tool, --direct=1, --directory=/work]'     | false | true
          nginx                          | /usr/share/nginx/html    | {}                                                   | false | true
          """)
  void seesHowContainersOpenTheirFiles(
      String image, String mount, String container, String direct, String possible) {
    Values values = World.of(pod(image, mount, container)).volume("kubernetes-workload p/data");
    assertEquals("process", World.text(values, Field.VOLUME_IO_OPENER));
    assertEquals(direct, World.text(values, Field.VOLUME_IO_DIRECT));
    assertEquals(possible, World.text(values, Field.VOLUME_IO_POSSIBLE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mariadb:10.6   | /var/lib/mysql           | {}                                     | container `c` is known by its name only: MariaDB opens its data with O_DIRECT by default since 10.6
          mariadb:latest | /var/lib/mysql           | {}                                     | container `c` is known by its name only: MariaDB opens its data with O_DIRECT by default since 10.6
          mariadb:10.3   | /var/lib/mysql           | {}                                     | ''
          redis          | /data                    | {}                                     | ''
          mariadb        | /var/lib/mysql           | args: [--innodb-flush-method=O_DIRECT] | argument `--innodb-flush-method=O_DIRECT` of container `c` opens its files with O_DIRECT
          mariadb        | /var/lib/mysql           | 'env: [{name: X, value: --innodb-flush-method fsync}]' | environment variable `--innodb-flush-method fsync` of container `c` goes through the page cache
          """)
  void tellsHowItKnows(String image, String mount, String container, String because) {
    Values values = World.of(pod(image, mount, container)).volume("kubernetes-workload p/data");
    assertEquals(because, World.because(values, Field.VOLUME_IO_DIRECT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          my.cnf         | '[mysqld]~innodb_flush_method = O_DIRECT~'                      | /var/lib/mysql | true  | true
          my.cnf         | '[mysqld]~# innodb_flush_method = O_DIRECT~'                    | /var/lib/mysql | false | true
          my.cnf         | 'innodb_flush_method = O_DIRECT~innodb_flush_method = fsync'    | /var/lib/mysql | false | false
          aerospike.conf | 'device {~  file /opt/aerospike/data/a.dat~  direct-files true~}' | /opt/aerospike | true | true
          aerospike.conf | 'device {~  file /opt/aerospike/data/a.dat~  commit-to-device true~}' | /opt/aerospike | true | true
          tikv.toml      | '[rocksdb]~use-direct-io-for-flush-and-compaction = true~'      | /var/lib/tikv  | true  | true
          config.xml     | '<min_merge_bytes_to_use_direct_io>1</min_merge_bytes_to_use_direct_io>' | /var/lib/clickhouse | true | true
          mongod.conf    | 'configString: "direct_io=[data,log]"'                          | /data/db       | false | true
          """)
  void readsTheConfigMapsThatAContainerMounts(
      String file, String text, String mount, String direct, String possible) {
    String content = text.replace("~", "\n      ");
    String config =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: conf}\ndata:\n  %s: |\n      %s\n"
            .formatted(file, content);
    Values values = World.of(pod("own", mount, "{}"), config).volume("kubernetes-workload p/data");
    assertEquals(direct, World.text(values, Field.VOLUME_IO_DIRECT));
    assertEquals(possible, World.text(values, Field.VOLUME_IO_POSSIBLE));
  }

  @Test
  void argumentsGoBeforeConfigMaps() {
    String config =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: conf}
        data: {my.cnf: innodb_flush_method=O_DIRECT}
        """;
    String pod = pod("mariadb", "/var/lib/mysql", "args: [--innodb-flush-method=fsync]");
    Values values = World.of(pod, config).volume("kubernetes-workload p/data");
    assertEquals("false", World.text(values, Field.VOLUME_IO_DIRECT));
  }

  @Test
  void readsTheEnvironmentOutOfConfigMaps() {
    String config =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: conf}
        data: {FILESYSTEMIO_OPTIONS: directIO}
        """;
    for (String from :
        List.of(
            "envFrom: [{configMapRef: {name: conf}}]",
            "env: [{name: FILESYSTEMIO_OPTIONS, valueFrom: {configMapKeyRef: {name: conf, key:"
                + " FILESYSTEMIO_OPTIONS}}}]")) {
      Values values =
          World.of(pod("own", "/opt/oracle/oradata", from), config)
              .volume("kubernetes-workload p/data");
      assertEquals("true", World.text(values, Field.VOLUME_IO_DIRECT), from);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          claim | 'false' | pod | 'true'  | false
          claim | 'true'  | pod | 'false' | true
          pod   | 'false' | x   | ''      | false
          """)
  void whatAnOwnerStatesGoesBeforeWhatContainersShow(
      String first, String stated, String second, String other, String direct) {
    String pod =
        pod("mariadb", "/var/lib/mysql", "args: [--innodb-flush-method=O_DIRECT]")
            .replace(
                "{name: p}",
                "{name: p, annotations: {"
                    + annotation("pod", first, stated, second, other)
                    + "}}");
    String claim =
        "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data, annotations: {"
            + annotation("claim", first, stated, second, other)
            + "}}\n";
    Values values = World.of(pod, claim).volume("kubernetes-workload p/data");
    assertEquals(direct, World.text(values, Field.VOLUME_IO_DIRECT));
  }

  private static String annotation(
      String owner, String first, String stated, String second, String other) {
    String value = owner.equals(first) ? stated : owner.equals(second) ? other : "";
    return value.isEmpty() ? "" : DirectIo.ANNOTATION + ": \"" + value + "\"";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v1       | Pod                   | SPEC
          v1       | ReplicationController | '{template: {spec: SPEC}}'
          apps/v1  | Deployment            | '{template: {spec: SPEC}}'
          apps/v1  | StatefulSet           | '{template: {spec: SPEC}}'
          apps/v1  | DaemonSet             | '{template: {spec: SPEC}}'
          apps/v1  | ReplicaSet            | '{template: {spec: SPEC}}'
          batch/v1 | Job                   | '{template: {spec: SPEC}}'
          batch/v1 | CronJob               | '{jobTemplate: {spec: {template: {spec: SPEC}}}}'
          """)
  void findsVolumesOfEveryKind(String version, String kind, String spec) {
    String workload =
        "apiVersion: %s\nkind: %s\nmetadata: {name: w, namespace: n}\nspec: %s\n"
            .formatted(version, kind, spec.replace("SPEC", "{volumes: [{name: v, emptyDir: {}}]}"));
    assertEquals(List.of("kubernetes-workload n/w: v"), World.of(workload).guests());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'persistentVolumeClaim: {claimName: raw}'     | block '' | false
          'ephemeral: {volumeClaimTemplate: {spec: {storageClassName: s}}}' | file ?storage.type of s | true
          emptyDir: {}                                  | file ?storage.path of emptyDir | true
          'emptyDir: {medium: Memory}'                  | file tmpfs | true
          'hostPath: {path: /srv/x}'                    | file ?storage.filesystem of /srv/x | false
          'hostPath: {path: /dev/sdb, type: BlockDevice}' | block '' | false
          'nfs: {server: s, path: /x}'                  | file nfs | false
          'csi: {driver: nfs.csi.k8s.io}'               | file nfs | true
          'csi: {driver: x.example.com}'                | file ?storage.path of v | true
          """)
  void readsSources(String source, String place, String transientWrites) {
    String pod =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: p}
        spec:
          containers: [{name: c, volumeMounts: [{name: v, mountPath: /v}]}]
          volumes: [{name: v, %s}]
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: raw}
        spec: {volumeMode: Block, storageClassName: s}
        """
            .formatted(source);
    Values values = World.of(pod).volume("kubernetes-workload p/v");
    String filesystem = World.text(values, Field.STORAGE_FILESYSTEM);
    assertEquals(
        place,
        World.text(values, Field.STORAGE_ACCESS)
            + " "
            + (filesystem.isEmpty() ? "''" : filesystem));
    assertEquals(transientWrites, World.text(values, Field.VOLUME_TRANSIENT));
  }

  @ParameterizedTest
  @CsvSource({
    "'hostPath: {path: /proc}'",
    "'hostPath: {path: /sys/fs/cgroup}'",
    "'hostPath: {path: /dev}'",
    "'hostPath: {path: /run/x.sock, type: Socket}'",
    "'configMap: {name: x}'",
    "'secret: {secretName: x}'",
    "'downwardAPI: {}'",
    "'projected: {sources: []}'"
  })
  void passesOverWhatHoldsNoData(String source) {
    String pod =
        "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {volumes: [{name: v, "
            + source
            + "}]}\n";
    assertEquals(List.of("kubernetes-workload p:"), World.of(pod).guests());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          volumeMounts: [{name: v, mountPath: /v}]                  | true  | false
          'volumeMounts: [{name: v, mountPath: /v, readOnly: true}]' | true | true
          'volumeDevices: [{name: v, devicePath: /dev/x}]'          | true  | false
          volumeMounts: []                                          | false | false
          """)
  void whatNoContainerMountsIsNotAttached(String mounts, String attached, String readOnly) {
    String pod =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: p}
        spec:
          containers: [{name: c, %s}]
          volumes: [{name: v, hostPath: {path: /x}}]
        """
            .formatted(mounts);
    Values values = World.of(pod).volume("kubernetes-workload p/v");
    assertEquals(attached, World.text(values, Field.VOLUME_ATTACHED));
    assertEquals(readOnly, World.text(values, Field.VOLUME_READ_ONLY));
  }

  private static final String STATEFUL_SET =
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: db, namespace: n}
      spec:
        replicas: 1
        template:
          spec:
            containers: [{name: c, image: mariadb, volumeMounts: [{name: data, mountPath: /var/lib/mysql}]}]
        volumeClaimTemplates:
          - metadata: {name: data}
            spec: {storageClassName: s}
      """;

  @Test
  void aClaimTemplateIsAVolume() {
    World world = World.of(STATEFUL_SET);
    assertEquals(List.of("kubernetes-workload n/db: data"), world.guests());
    Values values = world.volume("kubernetes-workload n/db/data");
    assertEquals("s", World.text(values, Field.STORAGE_ID));
    assertTrue(World.because(values, Field.VOLUME_IO_DIRECT).contains("known by its name only"));
  }

  @Test
  void aClaimTemplateIsJoinedWithTheFirstClaimThatItMade() {
    String bound =
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data-db-0, namespace: n}
        spec: {volumeName: v, storageClassName: s}
        ---
        apiVersion: v1
        kind: PersistentVolume
        metadata: {name: v}
        spec:
          local: {path: /mnt/v}
          nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [n1]}]}]}}
        """;
    World world = World.of(STATEFUL_SET, bound);
    assertEquals("kubernetes-workload n/db@n1: data", world.guests().get(0));
    assertEquals(
        "/mnt/v", World.text(world.volume("kubernetes-workload n/db/data"), Field.STORAGE_PATH));
  }

  @Test
  void theLaunchersPodIsToldByItsMachine() {
    String pod =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: virt-launcher-x, labels: {kubevirt.io: virt-launcher}}
        spec: {volumes: [{name: v, emptyDir: {}}]}
        """;
    assertEquals(List.of(), World.of(pod).guests());
  }

  private static String pod(String image, String mount, String container) {
    String more = container.equals("{}") ? "" : ", " + container;
    return """
        apiVersion: v1
        kind: Pod
        metadata: {name: p}
        spec:
          containers:
            - {name: c, image: "IMAGE", volumeMounts: [{name: data, mountPath: MOUNT}, {name: conf, mountPath: /etc/c}]MORE}
          volumes:
            - {name: data, persistentVolumeClaim: {claimName: data}}
            - {name: conf, configMap: {name: conf}}
        """
        .replace("IMAGE", image)
        .replace("MOUNT", mount)
        .replace("MORE", more);
  }
}
