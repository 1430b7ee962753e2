// Proof Key for Code Exchange (RFC 7636): whoever has only seen the address with
// the code cannot use it.

/** 256 random bits that can stand in an address. */
export const randomWord = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)))

/** A secret of this device, and what may be told of it. */
export async function makeProof(): Promise<{ verifier: string; challenge: string }> {
  const verifier = randomWord()
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  return { verifier, challenge: base64url(new Uint8Array(hash)) }
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
