// Passkeys by the browser's own JSON forms.
import { Problem } from '../api/problem'

export const passkeysWork = (): boolean =>
  typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential && 'toJSON' in PublicKeyCredential.prototype

/** The person closed the browser's window, or took too long. */
export class Cancelled extends Error {
  override name = 'NotSaved'
  constructor() {
    super('No passkey was used.')
  }
}

async function ask<T>(make: () => Promise<T | null>): Promise<T> {
  try {
    const credential = await make()
    if (credential) return credential
  } catch (error) {
    if (error instanceof DOMException && error.name === 'InvalidStateError') throw new Problem(0, { code: 'passkey_known', detail: 'This device already has a passkey of yours.' })
    if (!(error instanceof DOMException)) throw error
  }
  throw new Cancelled()
}

/** Asks the browser for a passkey that exists. */
export const usePasskeyOf = async (publicKey: unknown): Promise<unknown> => {
  const options = PublicKeyCredential.parseRequestOptionsFromJSON(publicKey as PublicKeyCredentialRequestOptionsJSON)
  return ((await ask(() => navigator.credentials.get({ publicKey: options }))) as PublicKeyCredential).toJSON()
}

/** Asks the browser to make a passkey. */
export const makePasskey = async (publicKey: unknown): Promise<unknown> => {
  const options = PublicKeyCredential.parseCreationOptionsFromJSON(publicKey as PublicKeyCredentialCreationOptionsJSON)
  return ((await ask(() => navigator.credentials.create({ publicKey: options }))) as PublicKeyCredential).toJSON()
}
