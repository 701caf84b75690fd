package dev.policyctl.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every operator that policies may use, over known and unknown operands. A is {@code
 * volume.io.direct}, B {@code storage.checksums}, S {@code storage.filesystem}, L {@code
 * storage.profiles}.
 */
final class ThreeValuedLogicTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '"',
      textBlock =
          """
          A && B | A=true  B=true  | pass
          A && B | A=true  B=false | fail
          A && B | A=false B=?     | fail
          A && B | A=?     B=false | fail
          A && B | A=true  B=?     | unknown: B
          A && B | A=?     B=true  | unknown: A
          A && B | A=?     B=?     | unknown: A B
          A || B | A=false B=true  | pass
          A || B | A=false B=false | fail
          A || B | A=true  B=?     | pass
          A || B | A=?     B=true  | pass
          A || B | A=false B=?     | unknown: B
          A || B | A=?     B=false | unknown: A
          A || B | A=?     B=?     | unknown: A B
          !A     | A=false         | pass
          !A     | A=true          | fail
          !A     | A=?             | unknown: A
          A == B | A=true  B=true  | pass
          A == B | A=true  B=false | fail
          A == B | A=true  B=?     | unknown: B
          A == B | A=?     B=?     | unknown: A B
          A != B | A=true  B=false | pass
          A != B | A=?     B=false | unknown: A
          A == A | A=?             | unknown: A
          A || !A | A=?            | unknown: A
          S == 'btrfs' | S=btrfs   | pass
          S == 'btrfs' | S=xfs     | fail
          S == 'btrfs' | S=?       | unknown: S
          S < 'd'  | S=btrfs       | pass
          S < 'd'  | S=xfs         | fail
          S < 'd'  | S=?           | unknown: S
          S <= 'd' | S=?           | unknown: S
          S > 'd'  | S=xfs         | pass
          S > 'd'  | S=?           | unknown: S
          S >= 'd' | S=btrfs       | fail
          S >= 'd' | S=?           | unknown: S
          S in ['btrfs', 'zfs'] | S=zfs | pass
          S in ['btrfs', 'zfs'] | S=xfs | fail
          S in ['btrfs', 'zfs'] | S=?   | unknown: S
          'raid1' in L | L=single,raid1 | pass
          'raid1' in L | L=single       | fail
          'raid1' in L | L=?            | unknown: L
          S in L       | S=? L=?        | unknown: S L
          A ? B : !B   | A=true B=true  | pass
          A ? B : !B   | A=false B=true | fail
          A ? B : !B   | A=? B=true     | unknown: A
          A ? B : true | A=false B=?    | pass
          A ? B : true | A=true B=?     | unknown: B
          L[0] == 'dup' | L=dup         | pass
          L[0] == 'dup' | L=raid1       | fail
          L[0] == 'dup' | L=?           | unknown: L
          L[0] == 'dup' | L=            | error
          L[0] == 'dup' && A | L= A=false | fail
          L[0] == 'dup' || A | L= A=true | pass
          L.exists(p, p == 'dup') | L=single,dup | pass
          L.exists(p, p == 'dup') | L=single     | fail
          L.exists(p, p == 'dup') | L=           | fail
          L.exists(p, p == 'dup') | L=?          | unknown: L
          L.exists(p, p == S)     | L=dup S=?    | unknown: S
          L.exists(p, p == S)     | L= S=?       | fail
          L.exists(p, p == 'dup' || A) | L=dup A=? | pass
          L.all(p, p == 'dup')    | L=dup,dup    | pass
          L.all(p, p == 'dup')    | L=dup,single | fail
          L.all(p, p == 'dup')    | L=           | pass
          L.all(p, p == 'dup')    | L=?          | unknown: L
          L.all(p, p == 'dup' && A) | L=single A=? | fail
          L.exists_one(p, p == 'dup') | L=dup,dup | fail
          L.exists_one(p, p == 'dup') | L=?      | unknown: L
          L.filter(p, p == 'dup').size() == 1 | L=dup,raid1 | pass
          L.filter(p, p == 'dup').size() == 1 | L=? | unknown: L
          L.map(p, p + '!') == ['dup!'] | L=dup  | pass
          L.map(p, p + '!') == ['dup!'] | L=?    | unknown: L
          size(L) == 2            | L=a,b        | pass
          size(L) == 2            | L=a          | fail
          size(L) == 2            | L=?          | unknown: L
          S.size() > 3            | S=btrfs      | pass
          S.size() > 3            | S=?          | unknown: S
          S.startsWith('bt')      | S=btrfs      | pass
          S.startsWith('bt')      | S=xfs        | fail
          S.startsWith('bt')      | S=?          | unknown: S
          S.endsWith('fs')        | S=xfs        | pass
          S.endsWith('fs')        | S=?          | unknown: S
          S.contains('tr')        | S=btrfs      | pass
          S.contains('tr')        | S=?          | unknown: S
          S.matches('^b.*s$')     | S=btrfs      | pass
          S.matches('^b.*s$')     | S=xfs        | fail
          S.matches('^b.*s$')     | S=?          | unknown: S
          S.upperAscii() == 'XFS' | S=xfs        | pass
          S.upperAscii() == 'XFS' | S=?          | unknown: S
          has(storage.filesystem) | S=           | pass
          has(storage.filesystem) | S=?          | unknown: S
          S + '4' == 'ext4'       | S=ext        | pass
          S + '4' == 'ext4'       | S=?          | unknown: S
          L.join('-') == 'a-b'    | L=a,b        | pass
          L.join('-') == 'a-b'    | L=?          | unknown: L
          1 / 0 == 1              | A=true       | error
          1 / 0 == 1 || A     | A=true       | pass
          1 / 0 == 1 || A     | A=false      | error
          1 / 0 == 1 || A     | A=?          | unknown: A
          """)
  void holds(String expression, String values, String expected) {
    CompiledPolicy policy =
        Subjects.compiled(
            """
            title: Sample
            severity: info
            target: volume
            validations:
              - expression: |
                  %s
            """
                .formatted(inFull(expression)));
    String actual = Subjects.words(policy.judge(Subjects.of(Target.VOLUME, inFull(values))));
    assertEquals(inFull(expected), actual);
  }

  private static String inFull(String text) {
    return text.replaceAll("\\bA\\b", "volume.io.direct")
        .replaceAll("\\bB\\b", "storage.checksums")
        .replaceAll("\\bS\\b", "storage.filesystem")
        .replaceAll("\\bL\\b", "storage.profiles");
  }
}
