// Listens to the stream of events. The browser's own EventSource gives up at a
// refusal, does not wait longer each time, and forgets its place when it is
// closed; so this reads the stream itself (HTML Living Standard, section 9.2).

export interface Frame { id: string; kind: string; data: string }

export interface Doors {
  /** Asks for what came after the event with this id; without one, for what comes. */
  open: (last: string, signal: AbortSignal) => Promise<Response>
  heard: (frame: Frame) => void
  /** Something may have happened that was not heard. */
  missed: () => void
}

const shortest = 3000
const longest = 120_000
/** The server gives a sign of life every 15 seconds; a line that is dead gives none. */
const silence = 50_000
/** Who could listen for so long begins with the shortest gap again. */
const steady = 30_000

/** Reads frames out of pieces of text, wherever they were cut. */
export function reader(on: (frame: Frame) => void): (piece: string) => void {
  let rest = ''
  let frame: Partial<Frame> = {}
  return (piece) => {
    const lines = (rest + piece).split('\n')
    rest = lines.pop()!
    for (const raw of lines) {
      const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw
      const [, name, value] = /^(\w+): ?([^]*)$/.exec(line) ?? []
      if (name === 'id') frame.id = value
      else if (name === 'event') frame.kind = value
      else if (name === 'data') frame.data = frame.data === undefined ? value : `${frame.data}\n${value}`
      else if (line === '') {
        if (frame.data !== undefined) on({ id: '', kind: 'message', ...frame } as Frame)
        frame = {}
      }
    }
  }
}

export class Ear {
  private last = ''
  private before = false // it has listened before
  private failed = 0
  private asking?: AbortController
  private timer?: ReturnType<typeof setTimeout>
  private shut = false // the server said that this person may not listen

  constructor(private doors: Doors) {}

  /** Listens from now on, or from where it stopped. */
  open(): void {
    if (this.asking || this.timer !== undefined || this.shut) return
    this.asking = new AbortController()
    void this.listen(this.asking)
  }

  /** Stops; its place is kept. */
  close(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.asking?.abort()
    this.asking = undefined
    this.failed = 0
  }

  /** Tries at once: somebody signed in again, or the network is back. */
  wake(): void {
    this.shut = false
    clearTimeout(this.timer)
    this.timer = undefined
    this.failed = 0
    this.open()
  }

  private async listen(mine: AbortController): Promise<void> {
    const began = Date.now()
    try {
      const answer = await this.doors.open(this.last, mine.signal)
      if (answer.ok && answer.body) await this.follow(answer.body, mine)
      else this.refused(answer.status)
    } catch {
      // The line broke, or was never there: that is what the gaps are for.
    }
    if (mine.signal.aborted && this.asking !== mine) return
    mine.abort()
    this.asking = undefined
    this.failed = Date.now() - began >= steady ? 1 : this.failed + 1
    if (!this.shut) this.later(Math.min(longest, shortest * 2 ** (this.failed - 1)))
  }

  private refused(status: number): void {
    if (status === 401 || status === 403) this.shut = true
    if (status === 400) this.last = '' // the place is of another house, or of one that was put back
  }

  private async follow(body: ReadableStream<Uint8Array>, mine: AbortController): Promise<void> {
    if (this.before && this.last === '') this.doors.missed()
    this.before = true
    const take = reader((frame) => this.hear(frame))
    const decoder = new TextDecoder()
    const from = body.getReader()
    let watch = setTimeout(() => mine.abort(), silence)
    // The answer may be of a kind that does not end with its request.
    mine.signal.addEventListener('abort', () => void from.cancel().catch(() => {}))
    try {
      for (let part = await from.read(); !part.done && !mine.signal.aborted; part = await from.read()) {
        clearTimeout(watch)
        watch = setTimeout(() => mine.abort(), silence)
        take(decoder.decode(part.value, { stream: true }))
      }
    } finally {
      clearTimeout(watch)
    }
  }

  private hear(frame: Frame): void {
    if (frame.id) this.last = frame.id
    if (frame.kind === 'stream.gap') this.doors.missed()
    else this.doors.heard(frame)
  }

  // Windows that lost their server together do not come back together.
  private later(ms: number): void {
    this.timer = setTimeout(() => {
      this.timer = undefined
      this.open()
    }, ms * (0.8 + 0.4 * Math.random()))
  }
}
