package dev.policyctl.admission;

/** Hears what came of reviews: for metrics, events, logs. Must not wait. */
public interface ReviewListener {
  void reviewed(Review review, Outcome outcome);
}
