import { identifier, listed, refuseRepeats } from './composition-rules.ts';
import {
  byType,
  listOf,
  number,
  optional,
  type Rule,
  refuse,
  required,
  type Spot,
  shape,
  string,
  typeIs,
} from './rule.ts';

// @slack/types does not know this block yet; the shapes are those of Slack's reference page.
type Point = { label: string; value: number };
type Series = { name: string; data: Point[] };
type Axis = { categories: string[]; x_label?: string; y_label?: string };
type PieChart = { type: 'pie'; segments: Point[] };
type AxisChart = { type: 'line' | 'bar' | 'area'; series: Series[]; axis_config: Axis };

export type DataVisualizationBlock = {
  type: 'data_visualization';
  block_id?: string;
  title: string;
  chart: PieChart | AxisChart;
};

// Slack's reference page says 6 segments or series; a newer guide says 12.
const PARTS_MAX = 6;
const POINTS_MAX = 20;
const shortLabel = string({ max: 20 });
const axisLabel = string({ max: 50 });

const segment = shape<Point>(
  { label: required(shortLabel), value: required(number()) },
  (point, spot) => {
    if (point.value <= 0) refuse(spot, { message: 'must be more than 0', below: '/value' });
  },
);

const pie = shape<PieChart>(
  { type: typeIs('pie'), segments: required(listOf(segment, { max: PARTS_MAX })) },
  ({ segments }, spot) =>
    refuseRepeats(
      segments.map(({ label }, index) => ({ value: label, below: `/segments/${index}/label` })),
      spot,
    ),
);

const series = shape<Series>({
  name: required(shortLabel),
  data: required(
    listOf(shape<Point>({ label: required(shortLabel), value: required(number()) }), {
      max: POINTS_MAX,
    }),
  ),
});

/** Every series must have one point for every category, and no other. */
function checkSeries(chart: AxisChart, spot: Spot): void {
  const { categories } = chart.axis_config;
  refuseRepeats(listed(categories, '/axis_config/categories'), spot);
  refuseRepeats(
    chart.series.map(({ name }, index) => ({ value: name, below: `/series/${index}/name` })),
    spot,
  );
  chart.series.forEach(({ data }, index) => {
    const labels = data.map((point) => point.label);
    const covered =
      labels.length === categories.length &&
      categories.every((category) => labels.includes(category));
    if (!covered) {
      refuse(spot, {
        message: 'must have one point for every category',
        below: `/series/${index}/data`,
      });
    }
  });
}

const axisChart = (type: AxisChart['type']): Rule =>
  shape<AxisChart>(
    {
      type: typeIs(type),
      series: required(listOf(series, { max: PARTS_MAX })),
      axis_config: required(
        shape<Axis>({
          categories: required(listOf(shortLabel, { max: POINTS_MAX })),
          x_label: optional(axisLabel),
          y_label: optional(axisLabel),
        }),
      ),
    },
    checkSeries,
  );

/** A chart: pie, bar, area or line. */
export const dataVisualization: Rule = shape<DataVisualizationBlock>({
  type: typeIs('data_visualization'),
  block_id: optional(identifier),
  title: required(string({ max: 50 })),
  chart: required(
    byType(
      new Map([
        ['pie', pie],
        ['bar', axisChart('bar')],
        ['area', axisChart('area')],
        ['line', axisChart('line')],
      ]),
    ),
  ),
});
