// Everything a front end needs. Bundlers leave out what is not used.
export * from './content.js'
export * from './webhooks.js'
