library(jsonlite)

found <- fromJSON("{{ site }}/api/v1/search?q=broadband&size=100")
found$total
found$items[, c("title", "language", "year")]
