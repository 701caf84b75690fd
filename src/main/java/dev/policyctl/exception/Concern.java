package dev.policyctl.exception;

/**
 * What an exception is asked about: a policy that objects to a subject.
 *
 * @param path of the definition, with {@code /} between its parts; empty where it has none
 * @param format the definition's
 * @param guest the guest's id; empty for a storage definition
 * @param subject the volume's key or the storage's id; empty for a guest
 * @param section the volume's section
 * @param storage the id of the storage that the subject is or lies on; empty where there is none
 */
public record Concern(
    String path,
    String format,
    String guest,
    String subject,
    String section,
    String storage,
    String policy) {

  /** The same with its path seen from a directory; empty where it does not lie below it. */
  Concern seenFrom(String directory) {
    String start = directory.endsWith("/") ? directory : directory + "/";
    String relative = path.startsWith(start) ? path.substring(start.length()) : "";
    return new Concern(relative, format, guest, subject, section, storage, policy);
  }

  /** The volume's key; empty where the subject is none. */
  String volume() {
    return guest.isEmpty() ? "" : subject;
  }

  /** The Kubernetes namespace of the guest; empty where it has none. */
  String namespace() {
    int slash = guest.indexOf('/');
    boolean inCluster = format.startsWith("kube");
    return inCluster && slash > 0 ? guest.substring(0, slash) : "";
  }
}
