// Calls of a front end: with its content key, and as whoever reads there.
import { isProblem } from './problem.js'
import { createCall, type Call, type CallOptions } from './transport.js'

/** For whom a front end's own server asks. Never in a browser: the key is a secret. */
export interface Visitor {
  /** A key with the scope visitors.address. */
  serverKey: string
  /** The address from which the visitor called your server. Limits and the list of devices go by it. */
  address: string
  /** The visitor's User-Agent: it names the device to the member. */
  userAgent?: string
}

/** The headers that say which front end asks, and for whom. */
export const signature = (key: string, visitor?: Visitor): Record<string, string> => ({
  'X-Api-Key': key,
  ...(visitor && { 'X-Server-Key': visitor.serverKey, 'X-Visitor-Address': visitor.address, ...(visitor.userAgent && { 'User-Agent': visitor.userAgent }) }),
})

/** Whoever reads: what createMember gives, or anything else with a token. */
export interface Reader {
  /** A token that is good now; undefined when nobody is signed in. */
  token(): Promise<string | undefined>
  /** Called when the server does not take a token any more; answers a newer one. */
  renew?(stale: string): Promise<string | undefined>
  /** The session is a cookie of the server's site, which is to go along. */
  readonly cookie?: boolean
  /** Whose server asks, if one does. */
  readonly visitor?: Visitor
}

/** Calls as the reader. A token that is refused is renewed once; when the session is over, over says whether a stranger may go on. */
export function callAs<Ops>(options: Omit<CallOptions, 'sign'>, signed: Record<string, string>, reader: Reader | undefined, over: 'refused' | 'stranger'): Call<Ops> {
  const by = (token?: string) => createCall<Ops>({ ...options, sign: () => ({ ...signed, ...(token && { Authorization: `Bearer ${token}` }) }) })
  return async (operation, ...rest) => {
    const token = await reader?.token()
    try {
      return await by(token)(operation, ...rest)
    } catch (error) {
      if (!token || !isProblem(error) || error.status !== 401) throw error
      const newer = await reader?.renew?.(token)
      if (newer === token || (!newer && over === 'refused')) throw error
      return by(newer)(operation, ...rest)
    }
  }
}
