package io.millrace.bench;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogarithmicAxis;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.svg.SVGGraphics2D;

/** The result as one page without references to other files: the table, and a picture of each scenario. */
final class HtmlPage {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 420;
    private static final double MILLION = 1e6;

    private HtmlPage() { }

    static String render(Report report) {
        StringBuilder page = new StringBuilder("""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Millrace benchmark</title>
            <style>body{font-family:sans-serif;max-width:62em;margin:2em auto}pre{overflow:auto}</style></head><body>
            <h1>Millrace benchmark</h1>
            """);
        for (Scenario scenario : Scenario.values()) {
            List<RowResult> rows = report.results().stream()
                .filter(result -> result.row().scenario() == scenario).toList();
            if (!rows.isEmpty()) {
                page.append(picture(scenario, rows)).append('\n');
            }
        }
        return page.append("<pre>").append(escaped(Table.render(report))).append("</pre>\n<p>commit ")
            .append(escaped(report.commit())).append("</p></body></html>\n").toString();
    }

    private static String picture(Scenario scenario, List<RowResult> rows) {
        String figure = switch (scenario) {
            case THROUGHPUT, CONTENDED_ADD -> Measurement.MESSAGES_PER_SECOND;
            case ROUND_TRIP, RECOVERY, SPAWN -> Measurement.P50_NANOS;
            case IDLE -> Measurement.CPU_PERCENT;
        };
        String unit = switch (scenario) {
            case THROUGHPUT, CONTENDED_ADD -> "million messages a second";
            case ROUND_TRIP, RECOVERY, SPAWN -> "nanoseconds, median";
            case IDLE -> "per cent of a processor";
        };
        DefaultCategoryDataset data = new DefaultCategoryDataset();
        for (RowResult result : rows) {
            Row row = result.row();
            String series = row.subject() + ", " + row.waitMode() + (row.ends().isOneEach() ? "" : ", " + row.ends());
            result.median(figure).ifPresent(number -> data.addValue(
                scenario == Scenario.THROUGHPUT ? number / MILLION : number, series, row.payloadBytes() + " B"));
        }
        JFreeChart chart = ChartFactory.createBarChart(scenario.toString(), "message", unit, data,
            PlotOrientation.VERTICAL, true, false, false);
        LogarithmicAxis axis = new LogarithmicAxis(unit + " (logarithmic)");
        axis.setStrictValuesFlag(false);
        chart.getCategoryPlot().setRangeAxis(axis);
        BarRenderer bars = (BarRenderer) chart.getCategoryPlot().getRenderer();
        bars.setBarPainter(new StandardBarPainter());
        bars.setShadowVisible(false);
        chart.setBackgroundPaint(Color.WHITE);
        chart.getCategoryPlot().setBackgroundPaint(Color.WHITE);
        chart.getCategoryPlot().setRangeGridlinePaint(Color.LIGHT_GRAY);
        SVGGraphics2D svg = new SVGGraphics2D(WIDTH, HEIGHT);
        chart.draw(svg, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
        return svg.getSVGElement();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
