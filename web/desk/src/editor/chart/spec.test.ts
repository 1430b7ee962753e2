// @vitest-environment node
import { expect, it } from 'vitest'
import { chartSpec, numeral, readCells } from './spec'

it('writes cells of a spreadsheet as a spec', () => {
  const cells = readCells('Year\tDatacom\tTelecom\n2020\t4,920\t3,110\n2021\t5,610.5\tn/a\n')
  expect(chartSpec({ type: 'bar', title: 'Optics: "all"', unit: '$m', source: '', cells })).toBe(
    'type: bar\ntitle: "Optics: \\"all\\""\nunit: "$m"\nx: ["2020", "2021"]\nseries:\n  - {name: "Datacom", data: [4920, 5610.5]}\n  - {name: "Telecom", data: [3110, null]}',
  )
})

it.each([['1,234.5', '1234.5'], ['$4.50', '4.50'], ['(12)', '-12'], ['−3%', '-3'], ['1.234,5', '1234.5'], ['3,5', '3.5'], ['', 'null'], ['n/a', 'null'], ['1,000', '1000']])('reads %j', (cell, number) => {
  expect(numeral(cell)).toBe(number)
})
