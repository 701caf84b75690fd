package dev.policyctl.format.libvirt;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.ParsedFile.ParsedGuest;
import dev.policyctl.format.Remark;
import dev.policyctl.model.Change;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.OpenRule;
import dev.policyctl.model.VolumeLocator;
import dev.policyctl.source.Edit;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Domains as {@code virsh dumpxml} prints them and {@code /etc/libvirt} keeps them, the status
 * documents of running ones ({@code <domstatus>}), and snapshots ({@code <domainsnapshot>}), whose
 * disks are those of the section of the snapshot's name.
 */
public final class LibvirtDomainFormat implements DefinitionFormat {
  static final String NAME = "libvirt-domain";

  @Override
  public String name() {
    return NAME;
  }

  /** A {@code <domain>} without a type is another program's. */
  @Override
  public boolean recognizes(String path, String head) {
    XmlProlog prolog = XmlProlog.of(head);
    return switch (prolog.rootName(head)) {
      case "domain" -> StartTag.at(head, prolog.root()).attribute("type").isPresent();
      case "domstatus", "domainsnapshot" -> true;
      default -> false;
    };
  }

  @Override
  public Charset charset(byte[] head) {
    return XmlEncoding.charsetOf(head);
  }

  @Override
  public ParsedFile parse(SourceText text) {
    XmlReader.Result xml = XmlReader.read(text);
    List<Problem> problems = new ArrayList<>(xml.problems());
    List<ParsedGuest> guests = new ArrayList<>();
    xml.root()
        .ifPresent(
            root ->
                domain(root)
                    .ifPresentOrElse(
                        domain ->
                            guests.add(DomainReader.read(text, domain, section(root), problems)),
                        () -> problems.add(noDomain(text, root))));
    return new ParsedFile(text, guests, List.of(), problems);
  }

  /** Only a disk of a pool's volume needs to know the pools. */
  @Override
  public boolean refersBeyond(SourceText text) {
    return text.text().contains("pool");
  }

  @Override
  public OpenRule openRule() {
    return new LibvirtOpenRule();
  }

  @Override
  public VolumeLocator locator() {
    return new LibvirtLocator();
  }

  /** Status documents are libvirt's own and snapshots are history: neither is edited. */
  @Override
  public List<Remark> remarks(ParsedFile file) {
    return CommentRemarks.of(file.source());
  }

  @Override
  public List<Edit> edits(ParsedFile file, Change change) {
    return XmlReader.read(file.source())
        .root()
        .filter(root -> root.is("domain"))
        .map(domain -> DiskEdits.of(file.source().text(), domain, change))
        .orElse(List.of());
  }

  private static Optional<XmlElement> domain(XmlElement root) {
    return root.is("domain") ? Optional.of(root) : root.child("domain").filter(d -> isAround(root));
  }

  private static boolean isAround(XmlElement root) {
    return root.is("domstatus") || root.is("domainsnapshot");
  }

  private static String section(XmlElement root) {
    return root.is("domainsnapshot")
        ? DeclaredVolume.SNAPSHOT_PREFIX + root.textOf("name")
        : DeclaredVolume.CURRENT;
  }

  private static Problem noDomain(SourceText text, XmlElement root) {
    String message =
        root.namespace().isEmpty()
            ? "`<" + root.name() + ">` holds no `<domain>`"
            : "libvirt finds no domain in the namespace `" + root.namespace() + "`";
    return Problem.error(text.location(root.tag().span()), message, "");
  }
}
