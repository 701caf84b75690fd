package dev.policyctl.format.proxmox;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.Remark;
import dev.policyctl.model.Change;
import dev.policyctl.model.OpenRule;
import dev.policyctl.model.VolumeLocator;
import dev.policyctl.source.Edit;
import dev.policyctl.source.SourceText;
import java.util.List;

/** A container's configuration, {@code /etc/pve/lxc/VMID.conf}. */
public final class ProxmoxLxcFormat implements DefinitionFormat {
  public static final String NAME = "proxmox-lxc";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean recognizes(String path, String head) {
    return GuestRecognition.isLxc(path, head);
  }

  @Override
  public ParsedFile parse(SourceText text) {
    return GuestParser.parse(
        text, NAME, ConfigReader.Dialect.LXC, LxcSchemas.KEYS, new LxcVolumeRule());
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
    return List.of();
  }
}
