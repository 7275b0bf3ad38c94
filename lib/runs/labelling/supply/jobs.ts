import { setImmediate as turn } from 'node:timers/promises'
import type { CaseContent } from '@/lib/cases/schema'
import { fillPack } from '@/lib/versions/rendering/rules'
import { claimItems } from '../../claims/mutations'
import { shuffle } from '../../packs/rules'
import type { Begun } from '../beginning/jobs'
import { addSimilar, type HiddenCase, loadCases } from '../cases/jobs'
import { rideOut } from '../database-outages/jobs'

/** Packs that are made ready together: finding what is similar to all their cases takes a while. */
const MOST_PACKS_AT_ONCE = 16

type Claim = {
  runId: string
  holder: string
  leaseMs: number
  /** What is claimed is added. */
  inHand: Set<string>
}

/** What is told of the supply while it works beside the calls. */
type Watch = {
  signal: AbortSignal
  onReady: () => void
  onError: (error: unknown) => void
}

/**
 * Packs that wait for their call, claimed and made ready ahead of it: a free place must not wait for
 * the database. What is ready when the run ends is given back with the holder's other items.
 */
export class Supply {
  readonly #ready: HiddenCase[][] = []
  #filling: Promise<void> | null = null
  /** The last look found nothing free: the rest is done, or with other workers. */
  #isDry = false

  constructor(
    readonly begun: Pick<Begun, 'pack' | 'redaction' | 'findSimilar'>,
    readonly claim: Claim,
    readonly watch: Watch,
  ) {}

  get isEmpty(): boolean {
    return this.#ready.length === 0 && this.#filling === null
  }

  take(count: number): HiddenCase[][] {
    return this.#ready.splice(0, Math.max(0, count))
  }

  /** Sees to it that more are made ready when fewer than `places` are. */
  refill(places: number): void {
    if (this.#filling || this.#isDry || this.#ready.length >= places) return
    this.#filling = this.#claimMore(places)
      .catch(this.watch.onError)
      .finally(() => {
        this.#filling = null
        this.watch.onReady()
      })
  }

  /** Other workers' leases may have run out meanwhile. */
  lookAgain(): void {
    this.#isDry = false
  }

  /**
   * Takes out what is ready beyond `places`, where nothing is left to claim: when the pace has fallen since,
   * another worker is faster. The ids of its cases.
   */
  takeSurplus(places: number): string[] {
    if (!this.#isDry) return []
    return this.#ready.splice(places).flatMap((pack) => pack.map(({ caseId }) => caseId))
  }

  /** When nothing more is being claimed. Never rejects. */
  async settle(): Promise<void> {
    await this.#filling
  }

  async #claimMore(places: number): Promise<void> {
    const outage = { runId: this.claim.runId, signal: this.watch.signal }
    const { most, room } = this.begun.pack
    const wanted = most === 1 ? places * 2 : Math.min(places, MOST_PACKS_AT_ONCE) * most
    const loaded = await rideOut(() => this.#load(wanted), outage)
    // Not before: what is claimed and then lost with the database is to come free again.
    for (const { caseId } of loaded) this.claim.inHand.add(caseId)
    const waiting = most === 1 ? loaded : shuffle(this.claim.runId, loaded)
    while (waiting.length > 0) {
      const lengths = waiting.slice(0, most).map(({ content }) => measureContent(content))
      const pack = waiting.splice(0, fillPack(lengths, most, room))
      const ready = await rideOut(() => addSimilar(this.begun.findSimilar, pack), outage)
      this.#ready.push(ready)
      this.watch.onReady()
      // Answers that came meanwhile are read first.
      await turn()
    }
  }

  async #load(wanted: number) {
    const items = await claimItems(this.claim, wanted)
    this.#isDry = items.length === 0
    return loadCases({ runId: this.claim.runId, redaction: this.begun.redaction }, items)
  }
}

/** Characters of a written case, roughly: text, and the markup around each message. */
function measureContent({ subject, messages }: CaseContent): number {
  return messages.reduce((sum, { text }) => sum + text.length + 80, subject.length + 80)
}
