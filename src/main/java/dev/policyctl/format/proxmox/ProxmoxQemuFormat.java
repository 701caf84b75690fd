package dev.policyctl.format.proxmox;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.Remark;
import dev.policyctl.model.Change;
import dev.policyctl.model.Field;
import dev.policyctl.model.OpenRule;
import dev.policyctl.model.VolumeLocator;
import dev.policyctl.source.Edit;
import dev.policyctl.source.SourceText;
import java.util.List;
import java.util.Set;

/** A virtual machine's configuration, {@code /etc/pve/qemu-server/VMID.conf}. */
public final class ProxmoxQemuFormat implements DefinitionFormat {
  public static final String NAME = "proxmox-qemu";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean recognizes(String path, String head) {
    return GuestRecognition.isQemu(path, head);
  }

  @Override
  public ParsedFile parse(SourceText text) {
    return GuestParser.parse(
        text, NAME, ConfigReader.Dialect.QEMU, QemuSchemas.KEYS, new QemuVolumeRule());
  }

  @Override
  public OpenRule openRule() {
    return new ProxmoxOpenRule();
  }

  @Override
  public VolumeLocator locator() {
    return new ProxmoxLocator();
  }

  @Override
  public List<Remark> remarks(ParsedFile file) {
    return LineRemarks.ofGuest(file.source());
  }

  @Override
  public List<Edit> edits(ParsedFile file, Change change) {
    return GuestEdits.of(file, change);
  }

  @Override
  public String whyNoEdits(ParsedFile file, Change change) {
    return GuestEdits.whyNone(file, change);
  }

  @Override
  public Set<String> optionsBehind(Field<?> field) {
    return GuestEdits.optionsBehind(field);
  }
}
