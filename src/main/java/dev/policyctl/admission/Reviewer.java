package dev.policyctl.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Supplier;

/** Answers reviews from memory. Thread-safe. */
public final class Reviewer {
  private final Supplier<World> world;
  private final ReviewListener listener;
  private final boolean admitWhenOverloaded;

  /**
   * @param world what is known at the moment, without waiting
   * @param listener hears of every answer
   * @param admitWhenOverloaded what becomes of an object that there is no time to judge
   */
  public Reviewer(Supplier<World> world, ReviewListener listener, boolean admitWhenOverloaded) {
    this.world = world;
    this.listener = listener;
    this.admitWhenOverloaded = admitWhenOverloaded;
  }

  /** The answer to a validating review. */
  public ObjectNode validate(Review review) {
    Outcome outcome = new Validation(world.get()).of(review);
    listener.reviewed(review, outcome);
    return Answer.of(review, outcome);
  }

  /** The answer to a mutating review: the object is admitted, changed where a safe fix cures it. */
  public ObjectNode mutate(Review review) {
    return new Mutation(world.get())
        .of(review)
        .map(changed -> Answer.of(review, changed))
        .orElseGet(() -> Answer.admitted(review, List.of()));
  }

  /** What is known at the moment. */
  World world() {
    return world.get();
  }

  /** The answer where there is more to do than can be judged in time. */
  ObjectNode shed(Review review) {
    String said = "policyctl is overloaded and has not judged this object";
    return admitWhenOverloaded
        ? Answer.admitted(review, List.of(said))
        : Answer.refused(review, said + "; try again");
  }
}
