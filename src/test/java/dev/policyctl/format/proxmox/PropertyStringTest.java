package dev.policyctl.format.proxmox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertyStringTest {
  private static final PropertySchema SCHEMA =
      PropertySchema.builder("file", ValueType.text("use a name", text -> !text.contains(" ")))
          .alias("volume", "file")
          .option("cache", ValueType.oneOf("none", "writeback"))
          .option("ro", ValueType.BOOLEAN)
          .option("queues", ValueType.integer(2))
          .option("mbps", ValueType.NUMBER)
          .option("size", ValueType.SIZE)
          .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a | file=a",
        "a,cache=none | cache=none file=a",
        "cache=none,a | cache=none file=a",
        "file=a | file=a",
        "volume=a | file=a",
        "a,volume=b | file=b",
        "file=a,volume=b | file=b",
        "volume=a,volume=b | file=b",
        "',a,,' | file=a",
        "'a, ,ro=1' | file=a ro=1",
        "file=x=y=z | file=x=y=z",
        "a,ro=Yes | file=a ro=1",
        "a,ro=on | file=a ro=1",
        "a,ro=TRUE | file=a ro=1",
        "a,ro=Off | file=a ro=0",
        "a,ro=no | file=a ro=0",
        "a,ro=false | file=a ro=0",
        "a,queues=2 | file=a queues=2",
        "a,queues=99999999999999999999 | file=a queues=99999999999999999999",
        "a,mbps=1.5 | file=a mbps=1.5",
        "a,mbps=.5 | file=a mbps=.5",
        "a,mbps=-1 | file=a mbps=-1",
        "a,size=10G | file=a size=10G",
        "a,size=1.5T | file=a size=1.5T",
        "a,size=0 | file=a size=0"
      })
  void optionsStandUnderTheirOwnNames(String text, String options) {
    PropertyString parsed = parse(text);
    assertEquals("", faults(parsed));
    assertEquals(
        options,
        parsed.options().entrySet().stream()
            .map(PropertyStringTest::written)
            .sorted()
            .collect(Collectors.joining(" ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | '`file` is missing @0-0'",
        "cache=none | `file` is missing @0-10",
        "a,b | '`b` has no key, and `file` is set @2-3'",
        "file=a,b | '`b` has no key, and `file` is set @7-8'",
        "volume=a,file=b | `file` is set twice @9-15",
        "b,file=a | `file` is set twice @2-8",
        "a,cache=none,cache=none | `cache` is set twice @13-23",
        "a,cache=off | unknown value `off` of `cache` @8-11",
        "a,cache=None | unknown value `None` of `cache` @8-12",
        "a,cache= | `cache` has no value @2-8",
        "a,=b | an option without a name @2-4",
        "a,cahce=none | unknown option `cahce` @2-12",
        "'a, cache=none' | unknown option ` cache` @2-13",
        "a,Cache=none | unknown option `Cache` @2-12",
        "a,ro=2 | unknown value `2` of `ro` @5-6",
        "'a,ro=1 ' | unknown value `1 ` of `ro` @5-7",
        "a,queues=1 | unknown value `1` of `queues` @9-10",
        "a,queues=-3 | unknown value `-3` of `queues` @9-11",
        "a,queues=2x | unknown value `2x` of `queues` @9-11",
        "a,mbps=1.2.3 | unknown value `1.2.3` of `mbps` @7-12",
        "a,mbps=. | unknown value `.` of `mbps` @7-8",
        "a,size=G | unknown value `G` of `size` @7-8",
        "a,size=1g | unknown value `1g` of `size` @7-9",
        "a,size=1. | unknown value `1.` of `size` @7-9",
        "'a b' | unknown value `a b` of `file` @0-3"
      })
  void faultsNameTheirPlace(String text, String fault) {
    assertEquals(fault, faults(parse(text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,cache=writebak | use `none` or `writeback`; did you mean `writeback`?",
        "a,cahce=none | use `file`, `cache`, `ro`, `queues`, `mbps` or `size`; did you mean `cache`?",
        "a,xyzzy=1 | use `file`, `cache`, `ro`, `queues`, `mbps` or `size`",
        "a,queues=1 | use an integer from 2",
        "/a=b | write `file=` before a name that has a `=` in it"
      })
  void helpSaysWhatIsPossible(String text, String help) {
    assertEquals(help, parse(text).faults().get(0).help());
  }

  private static PropertyString parse(String text) {
    return PropertyString.parse(SourceText.of("x", text), new Span(0, text.length()), SCHEMA);
  }

  private static String written(Map.Entry<String, PropertyString.Option> option) {
    return option.getKey() + "=" + option.getValue().value();
  }

  private static String faults(PropertyString parsed) {
    return parsed.faults().stream()
        .map(fault -> fault.message() + " @" + fault.at().start() + "-" + fault.at().end())
        .collect(Collectors.joining("; "));
  }
}
