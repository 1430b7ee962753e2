// Everything a front end needs. Bundlers leave out what is not used.
export * from './content.js'
export {
  createMember, memoryStorage, WrongBrowser, type Lock, type Member, type MemberOptions, type SignedIn, type StartSignIn, type TokenStorage,
} from './member.js'
export * from './webhooks.js'
