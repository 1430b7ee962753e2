import { expect, test } from 'vitest'
import { cells, read } from './paste'

test('cells are split as spreadsheets write them', () => {
  expect(cells('/a, /b')).toEqual(['/a', '/b'])
  expect(cells('/a\t/b\ttemporary')).toEqual(['/a', '/b', 'temporary'])
  expect(cells('"/a;b";"https://x.example/?q=""1"""')).toEqual(['/a;b', 'https://x.example/?q="1"'])
})

test('lines become redirects, with what is wrong', () => {
  expect(read('from,to\r\n/a,/b\n\n/c,https://x.example/,302\nd,/e\n/f\n/g,/h,perhaps')).toEqual([
    { row: 2, from: '/a', to: '/b', permanent: true, wrong: undefined },
    { row: 4, from: '/c', to: 'https://x.example/', permanent: false, wrong: undefined },
    { row: 5, from: 'd', to: '/e', permanent: true, wrong: expect.stringContaining('first column') },
    { row: 6, from: '/f', to: '', permanent: true, wrong: expect.stringContaining('second column') },
    { row: 7, from: '/g', to: '/h', permanent: true, wrong: expect.stringContaining('third column') },
  ])
})
