package dev.policyctl.admission;

/** A body that is no AdmissionReview; the message says what it lacks. */
public final class MalformedReview extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedReview(String message) {
    super(message);
  }
}
