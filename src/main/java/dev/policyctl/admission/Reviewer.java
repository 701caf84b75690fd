package dev.policyctl.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Supplier;

/** Answers reviews from memory. Thread-safe. */
public final class Reviewer {
  private final Supplier<World> world;
  private final ReviewListener listener;

  /**
   * @param world what is known at the moment, without waiting
   * @param listener hears of every answer
   */
  public Reviewer(Supplier<World> world, ReviewListener listener) {
    this.world = world;
    this.listener = listener;
  }

  /** The answer to a validating review. */
  public ObjectNode validate(Review review) {
    Outcome outcome = new Validation(world.get()).of(review);
    listener.reviewed(review, outcome);
    return Answer.of(review, outcome);
  }
}
