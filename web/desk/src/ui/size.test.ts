import { expect, test } from 'vitest'
import { size } from './size'

test('bytes are readable', () => expect([0, 900, 1536, 5.5 * 2 ** 30, 250 * 2 ** 20].map(size)).toEqual(['0 bytes', '900 bytes', '1.5 KB', '5.5 GB', '250 MB']))
