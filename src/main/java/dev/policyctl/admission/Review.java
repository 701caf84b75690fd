package dev.policyctl.admission;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.policyctl.report.Printable;
import java.io.IOException;
import java.util.Set;

/**
 * The request of an AdmissionReview ({@code admission.k8s.io/v1}).
 *
 * @param subResource empty for the object itself
 * @param kind as {@code kind:} of the object says it; empty where the review does not tell
 * @param namespace empty for objects of the cluster
 * @param object missing on DELETE
 * @param oldObject missing on CREATE and CONNECT
 * @param dryRun whether nothing may come of it outside
 */
public record Review(
    String uid,
    Operation operation,
    String subResource,
    String kind,
    String namespace,
    String name,
    JsonNode object,
    JsonNode oldObject,
    boolean dryRun) {
  static final String API_VERSION = "admission.k8s.io/v1";
  static final String KIND = "AdmissionReview";
  private static final ObjectReader JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).reader();
  private static final Set<String> MADE = Set.of("Pod", "ReplicaSet", "Job");

  /** What is done to the object; a PATCH of a client comes as the one or the other. */
  public enum Operation {
    CREATE,
    UPDATE,
    DELETE,
    CONNECT
  }

  /** Reads the body of a request. */
  public static Review read(byte[] body) throws MalformedReview {
    try {
      return of(JSON.readTree(body));
    } catch (IOException e) {
      throw new MalformedReview("the body is no JSON: " + Printable.line(firstLine(e)));
    }
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /**
   * @param body an AdmissionReview
   */
  static Review of(JsonNode body) throws MalformedReview {
    require(body.isObject(), "the body is no JSON object");
    require(text(body, "kind").equals(KIND), "`kind` is not `" + KIND + "`");
    require(
        text(body, "apiVersion").equals(API_VERSION), "`apiVersion` is not `" + API_VERSION + "`");
    JsonNode request = body.path("request");
    require(request.isObject(), "`request` is missing");
    String uid = text(request, "uid");
    require(!uid.isEmpty(), "`request.uid` is missing");
    return new Review(
        uid,
        operation(text(request, "operation")),
        text(request, "subResource"),
        text(request.path("kind"), "kind"),
        text(request, "namespace"),
        text(request, "name"),
        present(request, "object"),
        present(request, "oldObject"),
        request.path("dryRun").asBoolean());
  }

  private static Operation operation(String word) throws MalformedReview {
    for (Operation operation : Operation.values()) {
      if (operation.name().equals(word)) {
        return operation;
      }
    }
    throw new MalformedReview("`request.operation` is not CREATE, UPDATE, DELETE or CONNECT");
  }

  private static JsonNode present(JsonNode request, String field) throws MalformedReview {
    JsonNode value = request.path(field);
    require(
        value.isObject() || value.isNull() || value.isMissingNode(),
        "`request." + field + "` is no object");
    return value.isObject() ? value : MissingNode.getInstance();
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isTextual() ? value.textValue() : "";
  }

  private static void require(boolean holds, String message) throws MalformedReview {
    if (!holds) {
      throw new MalformedReview(message);
    }
  }

  /** The API version of the object; empty where there is no object. */
  public String apiVersion() {
    return text(object, "apiVersion");
  }

  /**
   * Whether a controller made it from a template that is judged itself: refusing the pods of a
   * workload that is there already would keep it from coming back.
   */
  boolean isMadeByController() {
    if (!MADE.contains(kind)) {
      return false;
    }
    for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
      if (owner.path("controller").asBoolean()) {
        return true;
      }
    }
    return false;
  }

  /** Whether the object is there to be judged, itself or in the status that a hotplug changes. */
  boolean isJudged() {
    boolean changes = operation == Operation.CREATE || operation == Operation.UPDATE;
    return changes && object.isObject() && (subResource.isEmpty() || subResource.equals("status"));
  }
}
