package dev.policyctl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The packages import one another as CONTRIBUTING says, and the pure ones know no outside. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.policyctl");

  private static final List<String> CORE =
      List.of(
          "source",
          "model",
          "yaml",
          "facts",
          "format",
          "resolve",
          "policy",
          "exception",
          "fix",
          "lint",
          "report");

  private static final Map<String, List<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("source", List.of()),
          Map.entry("model", List.of()),
          Map.entry("yaml", List.of("source")),
          Map.entry("facts", List.of("source", "model", "yaml")),
          Map.entry("format", List.of("source", "model", "yaml")),
          Map.entry("resolve", List.of("model")),
          Map.entry("policy", List.of("source", "model", "yaml")),
          Map.entry("exception", List.of("source", "yaml")),
          Map.entry("fix", List.of("format", "resolve", "policy", "source", "model")),
          Map.entry(
              "lint",
              List.of(
                  "source",
                  "model",
                  "yaml",
                  "facts",
                  "format",
                  "resolve",
                  "policy",
                  "exception",
                  "fix")),
          Map.entry("report", List.of("lint", "exception", "policy", "model", "source")),
          Map.entry("diagnose", List.of("facts", "model", "lint", "source")),
          Map.entry("completion", List.of()),
          Map.entry("manual", List.of()),
          Map.entry("hook", List.of()),
          Map.entry("probe", List.of("facts", "model", "source")),
          Map.entry(
              "cluster",
              List.of(
                  "report",
                  "lint",
                  "policy",
                  "exception",
                  "facts",
                  "model",
                  "format",
                  "source",
                  "yaml")),
          Map.entry(
              "admission",
              List.of("report", "lint", "policy", "facts", "model", "format", "source")));

  private static String in(String folder) {
    return "dev.policyctl." + folder + "..";
  }

  @TestFactory
  Stream<DynamicTest> importsOnlyWhatItMay() {
    return MAY_IMPORT.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () ->
                        noClasses()
                            .that()
                            .resideInAPackage(in(entry.getKey()))
                            .should()
                            .dependOnClassesThat(isOursOutside(entry.getKey(), entry.getValue()))
                            .allowEmptyShould(true)
                            .check(CLASSES)));
  }

  private static DescribedPredicate<JavaClass> isOursOutside(String own, List<String> allowed) {
    return DescribedPredicate.describe(
        "are ours and outside " + allowed,
        type ->
            type.getPackageName().startsWith("dev.policyctl.")
                && Stream.concat(Stream.of(own), allowed.stream())
                    .map(folder -> "dev.policyctl." + folder)
                    .noneMatch(
                        folder ->
                            type.getPackageName().equals(folder)
                                || type.getPackageName().startsWith(folder + ".")));
  }

  @Test
  void pureCodeKnowsNoFrameworkAndNoOutside() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE.stream().map(ArchitectureTest::in).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.quarkus..",
            "jakarta..",
            "io.fabric8..",
            "picocli..",
            "java.nio.file..",
            "java.util.logging..",
            "org.slf4j..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(
            CORE.stream()
                .filter(folder -> !folder.equals("exception")) // Accepted until a day.
                .map(ArchitectureTest::in)
                .toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.time..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(in("exception"))
        .should()
        .callMethod(java.time.LocalDate.class, "now")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(java.time.Clock.class, java.time.Instant.class)
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(CORE.stream().map(ArchitectureTest::in).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(
            java.io.File.class,
            java.io.FileInputStream.class,
            java.io.FileOutputStream.class,
            Process.class,
            ProcessBuilder.class,
            Runtime.class)
        .check(CLASSES);
  }

  @Test
  void librariesStayWhereTheyBelong() {
    onlyIn("org.yaml.snakeyaml..", "yaml", "facts");
    onlyIn("dev.cel..", "policy");
    onlyIn("com.ctc.wstx..", "format.libvirt");
    onlyIn("org.eclipse.jgit..", "cli");
    onlyIn(
        "com.fasterxml.jackson..",
        "report",
        "fix",
        "format.kubernetes",
        "diagnose",
        "admission",
        "cluster");
    onlyIn("io.quarkus..", "admission", "serve");
    onlyIn("jakarta..", "admission", "serve");
    onlyIn("io.fabric8.kubernetes..", "cluster", "serve");
  }

  private static void onlyIn(String library, String... folders) {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            Arrays.stream(folders).map(ArchitectureTest::in).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.policyctl.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
