package org.rayshell.kernel.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HmacTest {
  @ParameterizedTest
  @ValueSource(strings = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512"})
  void isWhatTheJvmsOwnIs(String hash) throws GeneralSecurityException {
    Random random = new Random(1);
    for (int length : new int[] {1, 36, 63, 64, 65, 127, 128, 129, 500}) {
      byte[] key = bytes(random, length);
      Hmac hmac = Hmac.of(hash, key);
      for (int size : new int[] {0, 1, 55, 64, 1000}) {
        byte[] first = bytes(random, size);
        byte[] second = bytes(random, 10);
        Mac mac = Mac.getInstance("Hmac" + hash);
        mac.init(new SecretKeySpec(key, "key"));
        mac.update(first);
        assertArrayEquals(mac.doFinal(second), hmac.hash(first, second), hash + " " + length);
      }
    }
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  void isWhatRfc4231Says() throws NoSuchAlgorithmException {
    assertArrayEquals(
        HexFormat.of().parseHex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        Hmac.of("sha256", "Jefe".getBytes(StandardCharsets.US_ASCII))
            .hash(
                "what do ya want ".getBytes(StandardCharsets.US_ASCII),
                "for nothing?".getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void anotherHashIsRefused() {
    assertThrows(NoSuchAlgorithmException.class, () -> Hmac.of("blake2b", new byte[1]));
  }
}
