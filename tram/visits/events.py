"""What happens to populations and rankings, as sentences."""

PHRASES = {
    "visits.population_entered": "đã nhập dân số {name} từ tháng {since}: {people} người ({source})",
    "visits.ranking_published": "đã công bố xếp hạng lượt truy cập tháng {month}, bản {number}: {agencies} cơ quan{reason}",
}
