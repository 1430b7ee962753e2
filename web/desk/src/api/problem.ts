// What can go wrong with a request, for people: the server said no (Problem), or
// nothing came back at all (Unreachable).
import { isPassing, isProblem, Problem, Unreachable, type FieldProblem } from '@lighttrends/sdk/admin'

export { isPassing as passing, Problem, Unreachable, type FieldProblem }

export const hasCode = (error: unknown, code: string): boolean => isProblem(error, code)

/** A sentence for people, with the fields' sentences behind it. */
export function sentence(error: unknown): string {
  if (error instanceof Problem) return [error.message, ...error.errors.map((e) => e.detail)].filter((s, i, all) => all.indexOf(s) === i).join(' ')
  if (error instanceof Unreachable) return error.message
  if (error instanceof Error && error.name === 'NotSaved') return error.message
  return 'Something went wrong in this page. Reload it, and tell us if it happens again.'
}

/** Field messages for a form: "/contact/email" becomes "contact.email". */
export function fieldMessages(error: unknown): Record<string, string> {
  if (!(error instanceof Problem)) return {}
  return Object.fromEntries(error.errors.map((e) => [e.pointer.replace(/^\//, '').replaceAll('/', '.'), e.detail]))
}
