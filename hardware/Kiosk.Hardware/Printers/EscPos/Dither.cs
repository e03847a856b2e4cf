namespace Kiosk.Hardware.Printers.EscPos;

/// <summary>Grey as dots: the error of each is passed on to its neighbours (Floyd and Steinberg, 1976).</summary>
internal static class Dither
{
    /// <param name="paper">Width of the raster. A wider picture is made smaller, a narrower one is placed by <paramref name="align"/>.</param>
    public static Raster Draw(SlipImage image, SlipAlign align, int paper)
    {
        var (width, height) = image.Width <= paper ? (image.Width, image.Height) : (paper, Math.Max(1, image.Height * paper / image.Width));
        var left = align switch
        {
            SlipAlign.Centre => (paper - width) / 2,
            SlipAlign.Right => paper - width,
            _ => 0,
        };
        var raster = new Raster(paper, height);
        var (error, below) = (new double[width + 2], new double[width + 2]);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var wanted = Mean(image, x, y, width, height) + error[x + 1];
                var black = wanted < 128;
                if (black) raster[left + x, y] = true;
                var rest = wanted - (black ? 0 : 255);
                error[x + 2] += rest * 7 / 16;
                below[x] += rest * 3 / 16;
                below[x + 1] += rest * 5 / 16;
                below[x + 2] += rest / 16;
            }

            (error, below) = (below, error);
            Array.Clear(below);
        }

        return raster;
    }

    /// <summary>Of the points that this dot stands for.</summary>
    private static double Mean(SlipImage image, int x, int y, int width, int height)
    {
        var (left, right) = (x * image.Width / width, Math.Max((x * image.Width / width) + 1, (x + 1) * image.Width / width));
        var (top, bottom) = (y * image.Height / height, Math.Max((y * image.Height / height) + 1, (y + 1) * image.Height / height));
        var grey = image.Grey.Span;
        var sum = 0;
        for (var row = top; row < bottom; row++)
        {
            for (var column = left; column < right; column++) sum += grey[(row * image.Width) + column];
        }

        return (double)sum / ((right - left) * (bottom - top));
    }
}
