/** How far a moment's clock is from UTC. Where it is not, as in a British winter, the moment ends in Z. */
export const offsetOf = (moment: string): string => (moment.endsWith('Z') ? '+00:00' : moment.slice(-6))
