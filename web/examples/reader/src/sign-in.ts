// Signing in: a mail with a link and a code. The link leads back to this page, and
// works in this browser only; the code is for who reads mails on another device.
import { isProblem, WrongBrowser } from '@lighttrends/sdk'
import { member } from './client'
import { html } from './html'
import type { Page, Visit } from './page'

/** Only to a page of our own: the address bar is anybody's to write. */
function whereto(url: URL): string {
  const to = new URL(url.searchParams.get('to') ?? '/', location.origin)
  return to.origin === location.origin ? to.pathname + to.search : '/'
}

export async function signInPage(visit: Visit): Promise<Page> {
  const to = whereto(visit.url)
  const back = await member.finishSignIn(visit.url.href).catch((error: unknown) => {
    if (!isProblem(error) && !(error instanceof WrongBrowser)) throw error
    visit.say(error.message)
    history.replaceState(null, '', '/sign-in') // the code is of no more use
    return undefined
  })
  if (back) {
    visit.go(back.state || '/', true)
    return { title: 'Signed in', body: html`<p class="wait">One moment …</p>` }
  }
  if (await member.signedIn()) return { title: 'Signed in', body: html`<section class="lead"><h1>You are signed in</h1><p><a href="${to}">Go on</a></p></section>` }
  return asked() ? codeForm(visit, to) : emailForm(visit, to)
}

let email = ''
const asked = () => email !== ''

const emailForm = (visit: Visit, to: string): Page => ({
  title: 'Sign in',
  body: html`
    <section class="lead"><h1>Sign in</h1><p>We send you a mail. If you are new here, it makes your account.</p></section>
    <form class="narrow" data-do="ask">
      <label for="email">E-mail address</label>
      <input id="email" name="email" type="email" autocomplete="email" required maxlength="254">
      <button class="button">Send the mail</button>
    </form>`,
  acts: {
    async ask(form) {
      const address = String(new FormData(form as HTMLFormElement).get('email'))
      await member.startSignIn({ email: address, state: to })
      email = address
      visit.go(visit.url.pathname + visit.url.search)
    },
  },
})

const codeForm = (visit: Visit, to: string): Page => ({
  title: 'Look into your mail',
  body: html`
    <section class="lead"><h1>Look into your mail</h1><p>We wrote to ${email}. Open the link in this browser, or type the code.</p></section>
    <form class="narrow" data-do="code">
      <label for="code">Code</label>
      <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="20" autofocus>
      <button class="button">Sign in</button>
      <button class="link" type="button" data-do="again">Use another address</button>
    </form>`,
  acts: {
    async code(form) {
      await member.enterCode(String(new FormData(form as HTMLFormElement).get('code')))
      email = ''
      visit.go(to)
    },
    again() {
      email = ''
      visit.go(visit.url.pathname + visit.url.search)
    },
  },
})
