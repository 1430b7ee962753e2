// A fetch that answers from a list of functions, and notes what it was asked.
export function server(...answers) {
  const asked = []
  const fetch = async (address, init) => {
    const request = { address: String(address), ...init }
    asked.push(request)
    const next = answers.length > 1 ? answers.shift() : answers[0]
    const answer = typeof next === 'function' ? await next(request) : next
    if (answer instanceof Error) throw answer
    return answer
  }
  return { fetch, asked }
}

export const json = (body, status = 200, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } })
export const problem = (status, code, extra = {}, headers = {}) =>
  new Response(JSON.stringify({ status, code, title: 'No', detail: 'Not so.', ...extra }), { status, headers: { 'Content-Type': 'application/problem+json', ...headers } })
