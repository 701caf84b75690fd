package dev.policyctl.format;

import dev.policyctl.model.Change;
import dev.policyctl.model.Field;
import dev.policyctl.model.OpenRule;
import dev.policyctl.model.VolumeLocator;
import dev.policyctl.source.Edit;
import dev.policyctl.source.SourceText;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** One syntax of guest or storage definitions. */
public interface DefinitionFormat {

  /** The format's name: {@code proxmox-qemu}. */
  String name();

  /**
   * Whether a file of this path, beginning with this text, is of this format.
   *
   * @param path with {@code /} between its parts, as complete as it is known
   * @param head the first part of the text, at least 4,096 chars or the whole of it
   */
  boolean recognizes(String path, String head);

  /**
   * The encoding of a file of this format.
   *
   * @param head the file's first bytes, at least 256 or all of them
   */
  default Charset charset(byte[] head) {
    return StandardCharsets.UTF_8;
  }

  /** What the text declares. Bad input is a problem in the result, never an exception. */
  ParsedFile parse(SourceText text);

  /**
   * Whether this text refers to other files of a run, or they to it: such texts of one context are
   * parsed together.
   */
  default boolean refersBeyond(SourceText text) {
    return false;
  }

  /** Whether guests of other files name the storages that this format defines. */
  default boolean isNamedByGuests() {
    return false;
  }

  /** What each of the texts declares, in their order. */
  default List<ParsedFile> parseAll(List<SourceText> texts) {
    return texts.stream().map(this::parse).toList();
  }

  OpenRule openRule();

  VolumeLocator locator();

  /**
   * How this syntax writes a change, with all that goes along: a hypervisor that refuses one value
   * beside the other gets both edits. Whoever applies them proves them first.
   *
   * @return empty when it cannot be written
   */
  List<Edit> edits(ParsedFile file, Change change);

  /**
   * Why {@link #edits} has none for this change, as a clause of a message; empty when there is
   * nothing to say beyond that.
   */
  default String whyNoEdits(ParsedFile file, Change change) {
    return "";
  }

  /**
   * The options of a declared volume or storage that an edit for this field may alter, under the
   * syntax's own names; {@code cache} and {@code aio} of the model come on top.
   */
  default Set<String> optionsBehind(Field<?> field) {
    return Set.of();
  }

  /** What the file says to this program, in its comments or annotations. */
  default List<Remark> remarks(ParsedFile file) {
    return List.of();
  }
}
