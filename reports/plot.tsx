// A plot as SVG, drawn when the report is written: it needs no script, prints, and follows the page's colours.
import { type ScaleBand, scaleBand, scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import type { ComponentChildren } from 'preact';
import type { Measurement } from '../schemas/generated/types.ts';
import { shorten } from './text.ts';

/** The same measurement of several devices or subjects, each a series. */
export interface Plot {
  readonly title: string;
  readonly form: Measurement['form'];
  readonly x: string;
  readonly y: string;
  readonly series: readonly { readonly of: string; readonly points: Measurement['points'] }[];
}

const WIDTH = 360;
const HEIGHT = 210;
const [LEFT, RIGHT, TOP, BOTTOM] = [52, WIDTH - 12, 10, HEIGHT - 42];
const WIDEST_BAR = 56;
const NAME_LIMIT = 48;
const TITLE_LIMIT = 200;
/** Where rows begin, behind their names. */
const NAMES = 112;
const ROW_NAME_LIMIT = 18;
/** As many as style-plots.ts has. */
const COLOURS = 8;

/** Three digits, thousands set apart, and millions as such. */
const figure = (value: number): string =>
  value.toLocaleString('en-US', {
    maximumSignificantDigits: Number.isInteger(value) && value < 100_000 ? 5 : 3,
    notation: value < 100_000 ? 'standard' : 'compact',
  });

/** Powers of 1024 as they are named; other numbers as they are. */
const size = (value: number): string => {
  if (value >= 2 ** 20 && value % 2 ** 20 === 0) return `${value / 2 ** 20} Mi`;
  return value >= 1024 && value % 1024 === 0 ? `${value / 1024} Ki` : figure(value);
};

const label = (x: number, y: number, anchor: 'middle' | 'end', text: string) => (
  <text x={x.toFixed(1)} y={y.toFixed(1)} text-anchor={anchor}>
    {text}
  </text>
);

/** The two axes' names, and the lines across at the ticks of y. */
const frame = (
  plot: Plot,
  ticks: readonly number[],
  y: (value: number) => number,
): ComponentChildren => [
  ticks.map((tick) => [
    <path class="grid" d={`M${LEFT} ${y(tick).toFixed(1)}H${RIGHT}`} />,
    label(LEFT - 6, y(tick) + 4, 'end', figure(tick)),
  ]),
  label((LEFT + RIGHT) / 2, HEIGHT - 4, 'middle', shorten(plot.x, NAME_LIMIT)),
  <text transform={`translate(11 ${(TOP + BOTTOM) / 2}) rotate(-90)`} text-anchor="middle">
    {shorten(plot.y, NAME_LIMIT)}
  </text>,
];

/** Of what grows by factors: at most about six ticks, in even steps. */
const every = <T,>(all: readonly T[], most: number): T[] => {
  const step = Math.ceil(all.length / most);
  return all.filter((_, index) => index % step === 0);
};

const curve = (plot: Plot): ComponentChildren => {
  // A logarithm needs more than nothing.
  const series = plot.series.map(({ of, points }) => ({
    of,
    points: points.filter(({ x, y }) => x > 0 && y > 0),
  }));
  const all = series.flatMap(({ points }) => points);
  if (all.length === 0) return undefined;
  const xs = [...new Set(all.map((point) => point.x))].sort((one, other) => one - other);
  const ys = all.map((point) => point.y);
  const x = scaleLog([Math.min(...xs), Math.max(...xs)], [LEFT + 8, RIGHT - 8]);
  const y = scaleLog([Math.min(...ys), Math.max(...ys)], [BOTTOM, TOP]).nice();
  const powers = y.ticks().filter((tick) => Number.isInteger(Math.log10(tick)));
  const path = line<{ x: number; y: number }>(
    (point) => x(point.x),
    (point) => y(point.y),
  ).digits(1);
  return [
    frame(plot, powers.length >= 2 ? every(powers, 6) : y.ticks(3), y),
    every(xs, 6).map((tick) => label(x(tick), BOTTOM + 16, 'middle', size(tick))),
    series.map(({ of, points }, index) => [
      <path class={`curve series-${index % COLOURS}`} d={path(points) ?? ''} />,
      points.map((point) => (
        <circle
          class={`series-${index % COLOURS}`}
          cx={x(point.x).toFixed(1)}
          cy={y(point.y).toFixed(1)}
          r="3"
        >
          <title>{`${shorten(of, NAME_LIMIT)}: ${figure(point.y)} ${shorten(plot.y, NAME_LIMIT)} at ${size(point.x)}`}</title>
        </circle>
      )),
    ]),
  ];
};

/** The classes of a histogram: their upper ends, over all series. */
const classesOf = ({ series }: Plot): number[] =>
  [...new Set(series.flatMap(({ points }) => points.map((one) => one.x)))].sort(
    (one, other) => one - other,
  );

/** What each class is up to, under its middle, as far as there is room. */
const classLabels = (ends: readonly number[], x: ScaleBand<number>): ComponentChildren =>
  every(ends, Math.floor((x.step() * ends.length) / 44)).map((end) =>
    label(
      (x(end) ?? 0) + x.bandwidth() / 2,
      BOTTOM + 16,
      'middle',
      end === 0 ? '0' : `\u2264 ${figure(end)}`,
    ),
  );

interface Bar {
  readonly what: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly series: number;
  /** How much of its class's colour it has. */
  readonly shade?: string;
}

const BarRectangle = ({ what, left, top, width, height, series, shade }: Bar) => (
  <rect
    class={`series-${series % COLOURS}`}
    fill-opacity={shade}
    x={left.toFixed(1)}
    y={top.toFixed(1)}
    width={width.toFixed(1)}
    height={height.toFixed(1)}
  >
    <title>{what}</title>
  </rect>
);

const told = (plot: Plot, of: string, point: { readonly x: number; readonly y: number }): string =>
  `${shorten(of, NAME_LIMIT)}: ${figure(point.y)} ${shorten(plot.y, NAME_LIMIT)} up to ${figure(point.x)} ${shorten(plot.x, NAME_LIMIT)}`;

const histogram = (plot: Plot): ComponentChildren => {
  const ends = classesOf(plot);
  const most = Math.max(1, ...plot.series.flatMap(({ points }) => points.map((one) => one.y)));
  // A few bars stand close together, and not as wide as walls.
  const right = Math.min(RIGHT, LEFT + ends.length * WIDEST_BAR);
  const x = scaleBand(ends, [LEFT, right]).padding(0.15);
  const within = scaleBand([...plot.series.keys()], [0, x.bandwidth()]);
  const y = scaleLinear([0, most], [BOTTOM, TOP]).nice();
  return [
    frame(plot, y.ticks(4), y),
    classLabels(ends, x),
    plot.series.map(({ of, points }, index) =>
      points.map((point) => {
        const left = (x(point.x) ?? 0) + (within(index) ?? 0);
        const top = Math.min(y(point.y), BOTTOM - (point.y > 0 ? 1 : 0));
        return (
          <BarRectangle
            what={told(plot, of, point)}
            left={left}
            top={top}
            width={within.bandwidth()}
            height={BOTTOM - top}
            series={index}
          />
        );
      }),
    ),
  ];
};

/** Many histograms over each other: a row for each, and the darker a class the more is in it. */
const rows = (plot: Plot): ComponentChildren => {
  const ends = classesOf(plot);
  const x = scaleBand(ends, [NAMES, RIGHT]).padding(0.04);
  const y = scaleBand([...plot.series.keys()], [TOP, BOTTOM]).padding(0.08);
  return [
    label((NAMES + RIGHT) / 2, HEIGHT - 4, 'middle', plot.x),
    classLabels(ends, x),
    plot.series.map(({ of, points }, index) => {
      const all = points.reduce((sum, one) => sum + one.y, 0) || 1;
      const top = y(index) ?? 0;
      return [
        label(NAMES - 6, top + y.bandwidth() / 2 + 4, 'end', shorten(of, ROW_NAME_LIMIT)),
        points.map((point) => {
          // Few are to be seen too: a root lifts what is small.
          const shade = Math.sqrt(Math.max(0, point.y / all)).toFixed(2);
          return (
            <BarRectangle
              what={told(plot, of, point)}
              left={x(point.x) ?? 0}
              top={top}
              width={x.bandwidth()}
              height={y.bandwidth()}
              series={0}
              shade={shade}
            />
          );
        }),
      ];
    }),
  ];
};

const Legend = ({ series }: Plot) => (
  <ul class="legend">
    {series.map(({ of }, index) => (
      <li class={`series-${index % COLOURS}`}>{shorten(of, NAME_LIMIT)}</li>
    ))}
  </ul>
);

/** The numbers of a plot in words, for who does not see it. */
const inWords = ({ x, y, series }: Plot): string =>
  series
    .map(
      ({ of, points }) =>
        `${of}: ${points.map((one) => `${figure(one.y)} ${y} at ${size(one.x)} ${x}`).join(', ')}`,
    )
    .join('. ');

/** One plot under its title. */
export const PlotFigure = ({ plot }: { plot: Plot }) => {
  const byRow = plot.form === 'histogram' && plot.series.length > 2;
  const inner = byRow ? rows(plot) : plot.form === 'curve' ? curve(plot) : histogram(plot);
  return (
    <figure class="plot">
      <figcaption>{shorten(plot.title, TITLE_LIMIT)}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={inWords(plot)}>
        {inner}
      </svg>
      {plot.series.length > 1 && !byRow && <Legend {...plot} />}
    </figure>
  );
};
