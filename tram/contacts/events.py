"""What happens to what is public of agencies and their people, as sentences."""

PHRASES = {
    "contacts.agency_published": "đã công bố thông tin liên hệ của {name} trên cổng",
    "contacts.person_published": "đã công bố {name}, {title}, trên cổng",
    "contacts.agency_withdrawn": "đã gỡ thông tin liên hệ của {name} và {people} người khỏi cổng: {reason}",
    "contacts.person_withdrawn": "đã gỡ {name}, {title}, khỏi cổng: {reason}",
}
