from __future__ import annotations

from aftercare.orders.book import OrderBook
from orders.reports import number, report

ON_BOTH = True


def stock(drop, *products: tuple[str, str, str]) -> None:
    """Imports one order of each product (ASIN, SKU, title)."""
    rows = [
        {"amazon-order-id": number(place), "asin": asin, "sku": sku, "product-name": title}
        for place, (asin, sku, title) in enumerate(products)
    ]
    drop(report("all_orders", *rows))


def test_sizes_and_colors_share_a_stem_and_a_name(book: OrderBook, drop) -> None:
    stock(
        drop,
        ("B0HARBOR01", "HB-PIL-BLU", "Harbor Home Pillow Insert, 12 x 18, Blue"),
        ("B0HARBOR02", "HB-PIL-RED", "Harbor Home Pillow Insert, 20 x 20, Red (2 Pack)"),
        ("B0HARBOR03", "ZZ9", "Harbor Home Pillow Insert - White"),
        ("B0OTHER001", "HB-LAMP", "Reading Lamp with Clamp"),
    )

    assert set(book.asins_sharing_family("b0harbor01")) == {"B0HARBOR02", "B0HARBOR03"}
    assert book.asins_sharing_family("B0OTHER001") == []


def test_a_stem_shared_by_unlike_products_means_nothing(book: OrderBook, drop) -> None:
    stock(
        drop,
        ("B0HARBOR01", "ITEM-001", "Stainless Steel Garlic Press"),
        ("B0HARBOR02", "ITEM-002", "Bluetooth Speaker with Radio"),
    )

    assert book.asins_sharing_family("B0HARBOR01") == []


def test_nearly_equal_titles_are_siblings(book: OrderBook, drop) -> None:
    stock(
        drop,
        ("B0HARBOR01", "A1", "Dune Travel Backpack 40L Waterproof Cabin Size Black"),
        ("B0HARBOR02", "Q7", "Dune Travel Backpack 40L Waterproof Cabin Size Green"),
        ("B0HARBOR03", "K3", "Dune Travel Mug Steel 0.5L"),
    )

    assert book.asins_sharing_family("B0HARBOR01") == ["B0HARBOR02"]


def test_new_products_are_noticed(book: OrderBook, drop) -> None:
    stock(drop, ("B0HARBOR01", "HB-PIL-BLU", "Harbor Home Pillow, Blue"))
    assert book.asins_sharing_family("B0HARBOR01") == []
    stock(drop, ("B0HARBOR02", "HB-PIL-RED", "Harbor Home Pillow, Red"))
    assert book.asins_sharing_family("B0HARBOR01") == ["B0HARBOR02"]


def test_an_unknown_product_has_no_family(book: OrderBook) -> None:
    assert book.asins_sharing_family("B0UNKNOWN1") == []
