package dev.policyctl.model;

/**
 * The fact that would decide an unknown value.
 *
 * @param field path of the model field that is missing, such as {@code storage.filesystem}; not
 *     always the field that is unknown because of it
 * @param of what it is missing of: a storage's name, a path, a host, a volume
 * @param help how to supply it, as a help text
 */
public record Missing(String field, String of, String help) {

  /** {@code `storage.filesystem` of `nas` is not known}. */
  public String message() {
    return "`" + field + "` of `" + of + "` is not known";
  }
}
