// The server allows style elements that carry the nonce of this page. Browsers
// hide the attribute from styles and scripts of others; the property stays.
import { setNonce } from 'get-nonce'

const value = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

export const nonce = (): string => value

// What locks scrolling behind a dialog asks this package.
if (value) setNonce(value)
